"""Moves: what psychologists do with drafts and with what they signed. Each class can be tried alone."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from recommendations import review
from recommendations.words import draft_words
from tests.integration.locks import forging
from tests.integration.locks.clinic_in_use import DAY, SignedText
from tests.integration.locks.machine import WHO, Machine, Shown, drawn
from tests.integration.locks.promise import PromiseBroken, mark
from tests.signing import OWN_WORDS, opened, signed, written

DAYS = st.sampled_from([2, 70, 90])


class SigningMoves(Machine):
    """Approve, amend, write; at once, or a page that was read long ago, or other words than shown."""

    def _page(self, data: Any, *, amended: bool, estimate: bool = False, days: int = 70) -> Shown:
        """A draft as one of the two reads it; five times of six it is the patient's own psychologist."""
        who, draft = drawn(data, self.waiting)
        person, by = self.clinic.people[who], self.psychologists()[drawn(data, [who] * 5 + [1 - who])]
        words = draft_words(draft, person.ring)
        other = replace(words, title=f"A {mark()}", words=f"Sing {mark()}") if amended else None
        page = opened(draft, by, words=other, with_estimate=estimate, days=days, at=self.clinic.tick())
        return Shown(who, by, page)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), days=DAYS)
    def approve(self, data: Any, days: int) -> None:
        """Read and sign at once."""
        self.sign(self._page(data, amended=False, days=days))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), amended=st.booleans())
    def approve_with_the_estimate(self, data: Any, amended: bool) -> None:
        """One signature, two texts."""
        self.sign(self._page(data, amended=amended, estimate=True))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), days=DAYS)
    def amend(self, data: Any, days: int) -> None:
        """Read, change and sign at once."""
        self.sign(self._page(data, amended=True, days=days))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), amended=st.booleans())
    def read_a_page(self, data: Any, amended: bool) -> None:
        """Read now, sign later or never."""
        self.read.append(self._page(data, amended=amended))

    @precondition(lambda self: self.read)
    @rule()
    def sign_the_page_read_before(self) -> None:
        """It is signed, or refused where anything changed."""
        self.sign(self.read.pop(0))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def sign_other_words_than_shown(self, data: Any) -> None:
        """Two tabs, or a form that was changed on its way: refused, always."""
        shown = self._page(data, amended=True)
        other = replace(shown.page, words=replace(shown.page.words, words=f"Never shown {mark()}"))
        with self.allowing_refusal("other words than shown"):
            signed(other, shown.by, at=self.clinic.tick())
            raise PromiseBroken("Words were signed that the signer was not shown.")

    @rule(who=WHO, days=DAYS)
    def author(self, who: int, days: int) -> None:
        """A plan without a draft."""
        person, words = self.clinic.people[who], replace(OWN_WORDS, title=f"A {mark()}", words=mark())
        page = written(person.patient, person.psychologist, words=words, days=days, at=self.clinic.tick())
        self.sign(Shown(who, person.psychologist, page))


class StoppingMoves(Machine):
    """Take back and withdraw, under any delay of the clinic."""

    def _signed(self, *, readable: bool) -> list[tuple[int, SignedText]]:
        return [
            (who, text)
            for who, person in enumerate(self.clinic.people)
            for text in person.standing()
            if (text.visible_from <= self.clinic.at) == readable
        ]

    @precondition(lambda self: self._signed(readable=False))
    @rule(data=st.data())
    def take_back(self, data: Any) -> None:
        """All that one signature released, at once."""
        who, text = drawn(data, self._signed(readable=False))
        person = self.person(who)
        with self.allowing_refusal("taken back"):
            review.take_back(
                publication_id=text.publication_id, by=person.psychologist, at=self.clinic.tick()
            )
            person.stopped |= person.signed_together(text)

    @precondition(lambda self: self._signed(readable=True) or self._signed(readable=False))
    @rule(data=st.data(), reason=st.sampled_from(["not_needed", "not_helping", "unsafe"]))
    def withdraw(self, data: Any, reason: str) -> None:
        """One text, whether it can be read already or not."""
        who, text = drawn(data, self._signed(readable=True) + self._signed(readable=False))
        person = self.person(who)
        with self.allowing_refusal("withdrawn"):
            review.withdraw(
                publication_id=text.publication_id,
                reason=reason,
                by=person.psychologist,
                at=self.clinic.tick(),
            )
            person.stopped.add(text.publication_id)

    @rule(delay=st.sampled_from([dt.timedelta(0), DAY, 90 * DAY]))
    def the_clinic_sets_its_delay(self, delay: dt.timedelta) -> None:
        """From signing to reading: at once, long past by the database's clock, or not for weeks."""
        self.clinic.clinic.publication_delay = delay
        self.clinic.clinic.save()


class RejectingMoves(Machine):
    """Reject; reject and forge."""

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def reject(self, data: Any) -> None:
        """With a note that stays inside."""
        who, draft = drawn(data, self.waiting)
        with self.allowing_refusal("rejected"):
            review.reject(
                suggestion=draft,
                reasons=["other"],
                note=f"Because {mark()}",
                by=self.person(who).psychologist,
                at=self.clinic.tick(),
            )

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def forge(self, data: Any) -> None:
        """Reject a draft, and publish its words past the operations; the database refuses it."""
        who, draft = drawn(data, self.waiting)
        person = self.person(who)
        with self.allowing_refusal("forging"):
            decision = review.reject(
                suggestion=draft,
                reasons=["wrong_time"],
                note="",
                by=person.psychologist,
                at=self.clinic.tick(),
            )
            taken = forging.publish_rejected(draft, decision, person.ring, at=self.clinic.at)
            self.seen[f"forgery taken: {taken}"] += 1
