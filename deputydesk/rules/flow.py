"""What may be done in which state, as data."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice

State = TypeVar("State", bound=Choice)
Move = TypeVar("Move", bound=Choice)


@dataclass(frozen=True)
class Step(Generic[Move, State]):
    """Something that may be done in certain states; without a target the state stays."""

    id: Move
    sources: tuple[State, ...]
    target: State | None = None

    @property
    def name(self) -> str:
        """What the step is called on buttons and in sentences."""
        return self.id.label


class Flow(Generic[Move, State]):
    """The steps that one kind of record goes through."""

    def __init__(self, name: str, steps: Iterable[Step[Move, State]]) -> None:
        """Name the record in Chinese and list its steps in the order people should see them."""
        self.name = name
        self.steps = {step.id: step for step in steps}

    def allowed(self, state: State) -> tuple[Step[Move, State], ...]:
        """The steps that can be taken now."""
        return tuple(step for step in self.steps.values() if state in step.sources)

    def may(self, state: State, move: Move) -> bool:
        """Whether this step can be taken now."""
        return state in self.steps[move].sources

    def next(self, state: State, move: Move) -> State:
        """The state after this step.

        Raises:
            UserError: the step cannot be taken now; says which can.
        """
        step = self.steps[move]
        if state not in step.sources:
            raise UserError(
                f"{self.name}现在的状态是“{state.label}”，不能“{step.name}”。",
                hint=self._advice(state),
            )
        return state if step.target is None else step.target

    def _advice(self, state: State) -> str:
        names = "、".join(f"“{step.name}”" for step in self.allowed(state))
        return f"现在可以：{names}。" if names else "这一状态下没有可以再做的步骤。"
