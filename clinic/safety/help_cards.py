"""The words of the help cards: fixed, written by people, shown without waiting for anybody.

One card for each protocol that the rules name. Nothing here is put together by a model, and no number
stands here: numbers come from checked records (`help`). Whoever changes a word raises the version and has
the card approved again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION: Final = "1.0.0"
# Nobody has approved these words for a real clinic yet; a clinic's own psychologists do so before going live.
APPROVED_BY: Final[str | None] = None

Words = str | Promise


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one card.

    `emergency_detail` says when to call the emergency number; `emergency_first` puts that before the help
    lines. `steps` are what the person can do, each with how. `topics` are the help lines that fit, best first.
    """

    heading: Words
    lead: Words
    emergency_first: bool
    emergency_detail: Words
    steps: tuple[tuple[Words, Words], ...]
    notes: tuple[Words, ...]
    topics: tuple[str, ...]


_KEEP_WRITING: Final = _("You can keep writing here. Nothing that you wrote is lost.")
_NOT_WATCHED: Final = _("Nobody watches this page live. If it cannot wait, please use the numbers above.")

CARDS: Final[dict[str, CardText]] = {
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
        notes=(_KEEP_WRITING, _NOT_WATCHED),
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
        notes=(_KEEP_WRITING, _NOT_WATCHED),
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
        notes=(_NOT_WATCHED,),
        topics=("poison",),
    ),
    "substances": CardText(
        heading=_("Thank you for saying this. It is not a failing, and there is help for it."),
        lead=_("Please do not stop suddenly on your own if you drink or take calming tablets every day."),
        emergency_first=False,
        emergency_detail=_("if you shake badly, see things, have a fit, or took more than is safe"),
        steps=(
            (
                _("Tell someone you trust today"),
                _("Ask them to stay near if you have been drinking or using."),
            ),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("substances", "distress"),
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
            _("We do not contact anybody in your family or home because of this."),
            _NOT_WATCHED,
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
            _NOT_WATCHED,
        ),
        topics=("child", "abuse", "distress"),
    ),
    "young": CardText(
        heading=_("Thank you for telling us. It helps to know how old you are."),
        lead=_(
            "Being young does not make your worries small. There are people whose work is to listen to you."
        ),
        emergency_first=False,
        emergency_detail=_("if you are in danger, or might hurt yourself"),
        steps=(
            (
                _("Think of one adult you trust"),
                _("It need not be a parent. A teacher, a school nurse, a doctor or a relative is good too."),
            ),
        ),
        notes=(
            _("We cannot promise secrecy if somebody is in danger. We will tell you whom we tell, and why."),
            _NOT_WATCHED,
        ),
        topics=("child", "distress"),
    ),
    "harm_to_others": CardText(
        heading=_("Thank you for saying it instead of doing it. Let us slow this down."),
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
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("distress",),
    ),
    "psychosis": CardText(
        heading=_("This sounds frightening. You do not have to face it alone."),
        lead=_("Whatever is happening, it is real to you, and a person can help you feel safer today."),
        emergency_first=False,
        emergency_detail=_("if you feel pushed to hurt yourself or someone else, or cannot stay safe"),
        steps=(
            (_("Be with someone you trust"), _("A calm place with little noise often makes it easier.")),
            (_("Ring your psychologist or doctor today"), _("Tell them what you wrote here.")),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
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
                _("Say how little you have slept, and for how long."),
            ),
            (
                _("Wait with big decisions"),
                _("Ask someone you trust to keep an eye on money, travel and driving for a few days."),
            ),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("distress",),
    ),
    "eating_disorder": CardText(
        heading=_("Thank you for trusting us with this. Food and your body should not be a fight."),
        lead=_(
            "There are people who know eating problems well. You do not have to be “ill enough” to ask them."
        ),
        emergency_first=False,
        emergency_detail=_("if you faint, have chest pain, bring up blood, or cannot keep water down"),
        steps=(
            (
                _("Ask for a specialist in eating disorders"),
                _("Your psychologist can arrange it, and will not weigh or judge you for asking."),
            ),
            (
                _("Do not be alone with it today"),
                _("Tell someone you trust, and be with them around a meal."),
            ),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("eating", "distress"),
    ),
    "perinatal": CardText(
        heading=_("Thank you for saying this. Many new parents have such thoughts, and help works."),
        lead=_(
            "Having a thought does not mean that you will act on it. You deserve help today, and so does your baby."
        ),
        emergency_first=True,
        emergency_detail=_("if you might hurt yourself or your baby, or feel that you must"),
        steps=(
            (
                _("Put the baby down in a safe place"),
                _("In the cot, on the back. Step out of the room for a few minutes. Crying does no harm."),
            ),
            (
                _("Ask someone to come and stay"),
                _("And ring your midwife, health visitor or doctor today. Say it as you wrote it here."),
            ),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("perinatal", "distress"),
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
        notes=(_("If it touches you as well, write that too. You can keep writing here."), _NOT_WATCHED),
        topics=("suicide", "distress"),
    ),
    "gentle": CardText(
        heading=_("That sounds heavy. Thank you for writing it down."),
        lead=_(
            "If any part of you thinks about dying or hurting yourself, you can say so here or to a person."
        ),
        emergency_first=False,
        emergency_detail=_("if you might hurt yourself, or are in danger"),
        steps=(
            (_("Talk to someone you trust today"), _("A few words are enough: “I am having a hard time.”")),
        ),
        notes=(_KEEP_WRITING, _NOT_WATCHED),
        topics=("distress", "suicide"),
    ),
}
