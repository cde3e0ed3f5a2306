"""The help cards for what needs a person soon, and for heavy days."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from clinic.safety.card_text import NOT_WATCHED, OF_DANGER, CardText

CARE_CARDS: Final[dict[str, CardText]] = {
    # For whoever opens Get help: nothing was told and nothing can be written there, so it thanks for nothing.
    "help": CardText(
        heading=_("You do not have to be alone with this."),
        lead=_("If you think about dying or hurting yourself, or are in danger, talk to someone now."),
        emergency_first=True,
        emergency_detail=_("if you or somebody else may be hurt, or are hurt already"),
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
        notes=(_("Nobody watches this page live. Opening it tells nobody."),),
        topics=("suicide", "distress"),
    ),
    # For whoever pressed "Ask a person": nothing was said of danger, and a person at the clinic is told.
    "asked_for_person": CardText(
        heading=_("You asked for a person. That is a good thing to do."),
        lead=_(
            "What happens now stands below. You need not wait for it: these numbers are answered by people."
        ),
        emergency_first=False,
        emergency_detail=_("if you are in danger, or might hurt yourself"),
        steps=(
            (_("Talk to someone you trust today"), _("a few words are enough: “I am having a hard time”")),
        ),
        notes=(NOT_WATCHED,),
        topics=("distress", "suicide"),
    ),
    "self_injury": CardText(
        heading=_("Thank you for saying this. You do not deserve to be hurt."),
        lead=_("The urge rises and falls. If you also think about dying, say so to whoever you ring."),
        emergency_first=False,
        emergency_detail=_("if a wound is deep, does not stop bleeding, or you took something"),
        steps=(
            (
                _("Look after a wound"),
                _("press something clean on it, and have it looked at today"),
            ),
            (
                _("Put distance between you and anything you might use"),
                _("give it away, lock it away, or leave the place"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("self_injury", "suicide", "distress"),
        later=OF_DANGER,
        later_steps=1,
    ),
    "substances": CardText(
        heading=_("Thank you for saying this. It is not a failing, and there is help for it."),
        lead=_("Please do not stop suddenly on your own if you drink or take calming tablets every day."),
        emergency_first=False,
        emergency_detail=_("if you shake badly, see things, have a fit, or took more than is safe"),
        steps=(
            (
                _("Tell someone you trust today"),
                _("ask them to stay near if you have been drinking or using"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("substances", "distress"),
    ),
    "young": CardText(
        heading=_("Thank you for telling us. It helps to know how old you are."),
        lead=_("There are people whose work is to listen to young people."),
        emergency_first=False,
        emergency_detail=_("if you are in danger, or might hurt yourself"),
        steps=(
            (
                _("Think of one adult you trust"),
                _("a teacher, a nurse or a relative; it need not be a parent"),
            ),
        ),
        notes=(
            _("We cannot promise secrecy if somebody is in danger. We will tell you whom we tell, and why."),
            NOT_WATCHED,
        ),
        topics=("child", "distress"),
    ),
    "psychosis": CardText(
        heading=_("This sounds frightening. You do not have to face it alone."),
        lead=_("Whatever is happening, a person can help you feel safer today."),
        emergency_first=False,
        emergency_detail=_("if you feel pushed to hurt yourself or someone else, or cannot stay safe"),
        steps=(
            (_("Be with someone you trust"), _("a calm place with little noise makes it easier")),
            (_("Ring your psychologist or doctor today"), _("tell them what you wrote here")),
        ),
        notes=(NOT_WATCHED,),
        topics=("distress",),
    ),
    "mania": CardText(
        heading=_("Please let somebody who knows you look at this with you, soon."),
        lead=_("Little sleep and a lot of drive can tip over quickly, even when it feels good."),
        emergency_first=False,
        emergency_detail=_("if you are in danger, or cannot stop something that could harm you"),
        steps=(
            (
                _("Ring your psychologist or doctor today"),
                _("say how little you have slept, and for how long"),
            ),
            (
                _("Wait with big decisions"),
                _("ask someone to look after money, travel and driving with you for a few days"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("distress",),
    ),
    "eating_disorder": CardText(
        heading=_("Thank you for trusting us with this. Food and your body should not be a fight."),
        lead=_("You do not have to be “ill enough” to ask somebody who knows eating problems well."),
        emergency_first=False,
        emergency_detail=_("if you faint, have chest pain, bring up blood, or cannot keep water down"),
        steps=(
            (
                _("Ask for a specialist in eating disorders"),
                _("your psychologist can help you find one"),
            ),
            (
                _("Do not be alone with it today"),
                _("tell someone you trust, and be with them around a meal"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("eating", "distress"),
    ),
    "perinatal": CardText(
        heading=_("Thank you for saying this. Many new parents have such thoughts, and help works."),
        lead=_("A thought is not an act. You deserve help today, and so does your baby."),
        emergency_first=True,
        emergency_detail=_("if you might hurt yourself or your baby, or feel that you must"),
        steps=(
            (
                _("Put the baby down in a safe place"),
                _("in the cot, on the back, and step out of the room for a few minutes"),
            ),
            (
                _("Ask someone to come and stay"),
                _("and ring your midwife, health visitor or doctor today"),
            ),
        ),
        notes=(NOT_WATCHED,),
        topics=("perinatal", "distress"),
    ),
    "gentle": CardText(
        heading=_("That sounds heavy. Thank you for writing it down."),
        lead=_("If any part of you thinks about dying or hurting yourself, you can say so."),
        emergency_first=False,
        emergency_detail=_("if you might hurt yourself, or are in danger"),
        steps=(
            (_("Talk to someone you trust today"), _("a few words are enough: “I am having a hard time”")),
        ),
        notes=(NOT_WATCHED,),
        topics=("distress", "suicide"),
    ),
}
