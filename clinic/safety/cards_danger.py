"""The help cards for danger to life, and for violence."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from clinic.safety.card_text import KEEP_WRITING, NOT_WATCHED, CardText

DANGER_CARDS: Final[dict[str, CardText]] = {
    "crisis": CardText(
        heading=_("Thank you for telling us. A person should be with you in this."),
        lead=_(
            "Thoughts of dying can pass, and you do not have to carry them alone. Please talk to someone now."
        ),
        emergency_first=True,
        emergency_detail=_("if you might act on this, or are hurt"),
        steps=(
            (
                _("Be with someone"),
                _("Ask a person you trust to come, or go to them. You need not explain it all."),
            ),
            (
                _("Put distance between you and anything you might use"),
                _("Give it to someone, lock it away, or leave the place."),
            ),
        ),
        notes=(KEEP_WRITING, NOT_WATCHED),
        topics=("suicide", "distress"),
    ),
    "crisis_now": CardText(
        heading=_("Please get help right now. You matter more than anything else today."),
        lead=_("This sounds like danger in the next hours. Three things help most, in this order."),
        emergency_first=True,
        emergency_detail=_("say that you might hurt yourself, or that you already have"),
        steps=(
            (
                _("Be with someone now"),
                _("Call a person you trust, knock at a neighbour’s door, go where people are."),
            ),
            (
                _("Get away from anything you might use"),
                _("Leave the place, or ask someone to take it away from you."),
            ),
        ),
        notes=(KEEP_WRITING, NOT_WATCHED),
        topics=("suicide", "distress"),
    ),
    "medical_emergency": CardText(
        heading=_("This may be a medical emergency. Please call for help now."),
        lead=_("Do not wait to see whether it passes, even if you feel better."),
        emergency_first=True,
        emergency_detail=_("say what happened, what was taken and how much, and where you are"),
        steps=(
            (_("Do not stay alone"), _("Unlock the door and call someone to sit with you.")),
            (
                _("Keep the packets"),
                _("Show them to the ambulance crew. Do not drink more, and do not make yourself sick."),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("poison",),
    ),
    "harm_to_others": CardText(
        heading=_("Thank you for saying this. Let us slow things down together."),
        lead=_("Strong urges rise and fall. The next step is to put space between you and the other person."),
        emergency_first=True,
        emergency_detail=_("if you might hurt someone now"),
        steps=(
            (
                _("Go somewhere else"),
                _("Leave the room or the house, and leave anything you might use behind."),
            ),
            (_("Call someone who calms you"), _("Stay on the line or with them until it has passed.")),
        ),
        notes=(KEEP_WRITING, NOT_WATCHED),
        topics=("distress",),
    ),
    "abuse": CardText(
        heading=_("What you describe is not your fault. You deserve to be safe."),
        lead=_("You decide what happens next. Someone can help you think about your safety, at your pace."),
        emergency_first=True,
        emergency_detail=_("if you are in danger now, or are hurt"),
        steps=(
            (
                _("If someone may look at this device"),
                _(
                    "Use “Leave this page” at the top. A friend’s or a library’s device is safer for asking for help."
                ),
            ),
            (
                _("Tell one person you trust"),
                _("Someone who does not know, or does not side with, the one who hurts you."),
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
        lead=_(
            "No adult may hurt or touch a young person like this, and nobody may make you keep it secret."
        ),
        emergency_first=True,
        emergency_detail=_("if someone is hurting you or a child now, or might today"),
        steps=(
            (
                _("Tell an adult you trust"),
                _(
                    "A teacher, a school nurse, a doctor, a relative. If the first one does not listen, tell another."
                ),
            ),
            (
                _("If someone may look at this device"),
                _("Use “Leave this page” at the top. You can come back later."),
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
        lead=_(
            "If you fear that a person may be in danger, it is right to act, even when they asked you not to."
        ),
        emergency_first=True,
        emergency_detail=_("if they may act on it now, are hurt, or you cannot reach them"),
        steps=(
            (
                _("Ask them directly, and listen"),
                _("“Are you thinking of killing yourself?” Asking does not put the thought there."),
            ),
            (
                _("Stay with them, and put distance to anything they might use"),
                _("Do not leave them alone until somebody else is there."),
            ),
        ),
        notes=(_("If it touches you as well, write that too. You can keep writing here."), NOT_WATCHED),
        topics=("suicide", "distress"),
    ),
}
