"""The help cards for danger to life, and for violence."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from clinic.safety.card_text import (
    NOT_WATCHED,
    OF_A_MEDICAL_EMERGENCY,
    OF_ABUSE,
    OF_DANGER,
    OF_HARM,
    OF_SOMEONE_ELSE,
    CardText,
)

DANGER_CARDS: Final[dict[str, CardText]] = {
    "crisis": CardText(
        heading=_("Thank you for telling us. A person should be with you in this."),
        lead=_("Are you thinking about ending your life? Say exactly that to whoever you ring. It can pass."),
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
        later=OF_DANGER,
        later_steps=1,
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
        later=OF_DANGER,
        later_steps=2,
    ),
    "medical_emergency": CardText(
        heading=_("Call the emergency number now. This may be a medical emergency."),
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
        later=OF_A_MEDICAL_EMERGENCY,
        later_steps=1,
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
        later=OF_HARM,
        later_steps=1,
    ),
    "abuse": CardText(
        heading=_("What you describe is not your fault. You deserve to be safe."),
        lead=_("You decide what happens next. Someone can help you think about it, at your pace."),
        emergency_first=True,
        emergency_detail=_("if you are in danger now, or are hurt"),
        steps=(
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
        later=OF_ABUSE,
        later_steps=1,
        quick_exit=_("if someone may look at this device; a friend’s or a library’s device is safer"),
    ),
    "child": CardText(
        heading=_("It was right to tell us, and it is not your fault."),
        lead=_("Nobody may hurt or touch you like this, or make you keep it secret."),
        emergency_first=True,
        emergency_detail=_("if someone is hurting you or a child now, or might today"),
        steps=(
            (
                _("Tell an adult you trust"),
                _("a teacher, a nurse, a relative; if the first does not listen, tell another"),
            ),
        ),
        notes=(
            _("We cannot promise secrecy when a child is in danger. We will tell you whom we tell, and why."),
            NOT_WATCHED,
        ),
        topics=("child", "abuse", "distress"),
        later=OF_ABUSE,
        later_steps=1,
        quick_exit=_("if someone may look at this device; you can come back later"),
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
        later=OF_SOMEONE_ELSE,
        later_steps=1,
    ),
}
