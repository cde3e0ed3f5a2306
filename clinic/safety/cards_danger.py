"""The help cards for danger to life, and for violence."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from clinic.safety.card_text import NOT_WATCHED, CardText

DANGER_CARDS: Final[dict[str, CardText]] = {
    "crisis": CardText(
        heading=_("Thank you for telling us. A person should be with you in this."),
        lead=_("Thoughts of dying or hurting yourself can pass. Please talk to someone now."),
        emergency_first=True,
        emergency_detail=_("if you might act on this, or are hurt"),
        steps=(
            (
                _("Be with someone"),
                _("ask a person you trust to come, or go to them"),
            ),
            (
                _("Put distance between you and anything you might use"),
                _("give it away, lock it away, or leave the place"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("suicide", "distress"),
    ),
    "crisis_now": CardText(
        heading=_("Please get help right now. You matter more than anything else today."),
        lead=_("Three things help most, in this order."),
        emergency_first=True,
        emergency_detail=_("say that you might hurt yourself or somebody else, or that you already have"),
        steps=(
            (
                _("Be with someone now"),
                _("call a person you trust, or go where people are"),
            ),
            (
                _("Get away from anything you might use"),
                _("leave the place, or ask someone to take it away"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("suicide", "distress"),
    ),
    "medical_emergency": CardText(
        heading=_("This may be a medical emergency. Please call for help now."),
        lead=_("Do not wait to see whether it passes, even if you feel better."),
        emergency_first=True,
        emergency_detail=_("say what happened, what was taken and how much, and where you are"),
        steps=(
            (_("Do not stay alone"), _("unlock the door and call someone to sit with you")),
            (
                _("Keep the packets"),
                _("show them to the crew; do not drink more, do not make yourself sick"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("poison",),
    ),
    "harm_to_others": CardText(
        heading=_("Thank you for saying this. Let us slow things down together."),
        lead=_("Strong urges rise and fall. Put space between you and the other person."),
        emergency_first=True,
        emergency_detail=_("if you might hurt someone now"),
        steps=(
            (
                _("Go somewhere else"),
                _("and leave anything you might use behind"),
            ),
            (_("Call someone who calms you"), _("stay on the line or with them until it has passed")),
        ),
        notes=(NOT_WATCHED,),
        topics=("distress",),
    ),
    "abuse": CardText(
        heading=_("What you describe is not your fault. You deserve to be safe."),
        lead=_("You decide what happens next. Someone can help you think about it, at your pace."),
        emergency_first=True,
        emergency_detail=_("if you are in danger now, or are hurt"),
        steps=(
            (
                _("If someone may look at this device"),
                _("use “Leave this page” at the top; a friend’s or a library’s device is safer"),
            ),
            (
                _("Tell one person you trust"),
                _("not somebody close to the one who hurts you"),
            ),
        ),
        notes=(
            _("Nothing is sent to your family, your home or your contacts because of this."),
            NOT_WATCHED,
        ),
        topics=("abuse", "distress"),
    ),
    "child": CardText(
        heading=_("Thank you for telling us. It was right to say it, and it is not your fault."),
        lead=_("Nobody may hurt or touch a young person like this, or make them keep it secret."),
        emergency_first=True,
        emergency_detail=_("if someone is hurting you or a child now, or might today"),
        steps=(
            (
                _("Tell an adult you trust"),
                _("a teacher, a nurse, a relative; if the first does not listen, tell another"),
            ),
            (
                _("If someone may look at this device"),
                _("use “Leave this page” at the top; you can come back later"),
            ),
        ),
        notes=(
            _(
                "We cannot promise to keep it secret when a child is in danger. We will tell you whom we tell, and why."
            ),
            NOT_WATCHED,
        ),
        topics=("child", "abuse", "distress"),
    ),
    "someone_else": CardText(
        heading=_("Thank you for looking out for somebody. You do not have to hold this alone."),
        lead=_("If you fear for somebody, it is right to act, even when they asked you not to."),
        emergency_first=True,
        emergency_detail=_("if they may act on it now, are hurt, or you cannot reach them"),
        steps=(
            (
                _("Ask them directly, and listen"),
                _("to ask about suicide does not put the thought there"),
            ),
            (
                _("Stay with them, away from anything they might use"),
                _("until somebody else is there"),
            ),
        ),
        notes=(_("If it touches you as well, write that too."), NOT_WATCHED),
        topics=("suicide", "distress"),
    ),
}
