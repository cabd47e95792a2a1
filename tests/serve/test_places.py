"""Who may run, who waits, who has to go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kgcheck.serve.question import Question
from kgcheck.serve.refusal import Refusal
from kgcheck.serve.workers import memory, places
from kgcheck.serve.workers.places import QUEUE, Places, Turn


@pytest.fixture(autouse=True)
def _short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SLICE", 0.05)
    monkeypatch.setattr(places, "PATIENCE", 0.5)


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        await asyncio.wait_for(story(), 20)  # type: ignore[arg-type]

    # A thread of its own: a browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, told()).result()


def stubborn(held: Places, gone: list[Turn]) -> Callable[[], Awaitable[Turn]]:
    """Take a place, and leave it only when told to go."""

    async def enter() -> Turn:
        def evict() -> None:
            gone.append(turn)
            held.leave(turn)

        turn = await held.enter(evict)
        return turn

    return enter


def test_places_are_given_up_to_their_number() -> None:
    async def story() -> None:
        held = Places(4)
        turns = [await held.enter(lambda: None) for _ in range(3)]  # a fourth is for long queries
        assert held.running == 3
        waiting = asyncio.ensure_future(held.enter(lambda: None))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        held.leave(turns[0])
        turns[0] = await waiting
        assert held.running == 3
        for turn in turns:
            held.leave(turn)
        assert held.running == 0

    run(story)


def test_first_come_first_served() -> None:
    async def story() -> None:
        held, order = Places(1), []

        async def visit(name: int) -> None:
            turn = await held.enter(lambda: None)
            order.append(name)
            await asyncio.sleep(0)
            held.leave(turn)

        await asyncio.gather(*(visit(name) for name in range(6)))
        assert order == list(range(6))

    run(story)


def test_long_queries_move_and_stay() -> None:
    async def story() -> None:
        held, gone = Places(4), []
        for _ in range(3):
            await stubborn(held, gone)()
        await asyncio.sleep(0.1)
        assert held.running == 3
        assert gone == []
        # One of the three has moved to the long place, so that there is room for one more.
        await asyncio.wait_for(held.enter(lambda: None), 0.02)
        assert gone == []

    run(story)


def test_overdue_queries_go_when_others_wait_the_oldest_first() -> None:
    async def story() -> None:
        held, gone = Places(4), []
        turns = [await stubborn(held, gone)() for _ in range(3)]
        await asyncio.sleep(0.1)
        turns.append(await stubborn(held, gone)())
        await asyncio.sleep(0.1)
        # The first is in the long place; of the quick places' three the second is the oldest.
        await asyncio.wait_for(held.enter(lambda: None), 0.1)
        assert gone == [turns[1]]
        assert turns[1].evicted

    run(story)


def test_nobody_goes_while_nobody_waits() -> None:
    async def story() -> None:
        held, gone = Places(2), []
        await stubborn(held, gone)()
        await asyncio.sleep(0.2)
        await stubborn(held, gone)()
        await asyncio.sleep(0.2)
        assert gone == []

    run(story)


def test_queue_has_an_end_and_patience_too() -> None:
    async def story() -> None:
        held = Places(1)
        await held.enter(lambda: None)  # it does not go, whoever waits
        waiting = [asyncio.ensure_future(held.enter(lambda: None)) for _ in range(QUEUE)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="too many") as refused:
            await held.enter(lambda: None)
        assert refused.value.status == 503
        assert refused.value.wait
        for end in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(end, Refusal)
            assert "no place became free" in end.message

    run(story)


def test_who_gives_up_waiting_leaves_no_gap() -> None:
    async def story() -> None:
        held = Places(1)
        turn = await held.enter(lambda: None)
        first, second = (asyncio.ensure_future(held.enter(lambda: None)) for _ in range(2))
        await asyncio.sleep(0)
        # The first is called and goes away in the same moment: the place is the second's.
        held.leave(turn)
        first.cancel()
        await asyncio.wait_for(second, 0.1)
        assert held.running == 1

    run(story)


def test_known_long_queries_leave_quick_places_alone() -> None:
    async def story() -> None:
        held = Places(4)
        long = await held.enter(lambda: None, long=True)
        waiting = asyncio.ensure_future(held.enter(lambda: None, long=True))
        for _ in range(3):
            await asyncio.wait_for(held.enter(lambda: None), 0.02)
        assert not waiting.done()
        held.leave(long)
        await asyncio.wait_for(waiting, 0.1)
        assert held.running == 4

    run(story)


def test_one_place_is_for_all() -> None:
    async def story() -> None:
        held = Places(1)
        turn = await held.enter(lambda: None, long=True)
        held.leave(turn)
        assert held.running == 0

    run(story)


def test_slow_queries_are_told_once() -> None:
    async def story() -> None:
        held, told = Places(2), []
        turn = await held.enter(lambda: None, lambda: told.append(1))
        await asyncio.sleep(0.2)
        held.leave(turn)
        quick = await held.enter(lambda: None, lambda: told.append(2))
        held.leave(quick)
        await asyncio.sleep(0.1)
        assert told == [1]

    run(story)


def test_what_took_long_twice_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(memory.time, "monotonic", lambda: next(clock))
    known = memory.Memory()
    one, two, three = (Question(f"ASK {{ }} # {number}") for number in range(3))
    known.slow(one)
    assert one not in known
    for question in (two, one, two, one, three, three):
        known.slow(question)
    assert (one in known, two in known, three in known) == (True, False, True)
    # The form of the answer makes no query another, its dataset does.
    assert replace(one, rows="csv") in known
    assert replace(one, default_graphs=("http://example.org/",)) not in known
    known.quick(one)
    known.quick(one)
    known.slow(one)
    assert one not in known


def test_a_busy_moment_counts_once() -> None:
    known, question = memory.Memory(), Question("ASK {}")
    for _ in range(5):
        known.slow(question)
    assert question not in known
