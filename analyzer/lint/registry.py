"""All rules, one line each, by code."""

from __future__ import annotations

from analyzer.lint.rule import Rule
from analyzer.lint.rules.replay.floating_step import FloatingStep
from analyzer.lint.rules.replay.io_controlled_flow import IoControlledFlow
from analyzer.lint.rules.replay.mutated_event import MutatedEvent
from analyzer.lint.rules.replay.nondeterministic_control_flow import NondeterministicControlFlow
from analyzer.lint.rules.replay.nondeterministic_sleep import NondeterministicSleep
from analyzer.lint.rules.replay.nondeterministic_step_name import NondeterministicStepName
from analyzer.lint.rules.replay.race_outside_step import RaceOutsideStep
from analyzer.lint.rules.replay.side_effect_outside_step import SideEffectOutsideStep
from analyzer.lint.rules.replay.state_mutated_in_step import StateMutatedInStep
from analyzer.lint.rules.replay.timer_outside_step import TimerOutsideStep
from analyzer.lint.rules.replay.unawaited_return_in_try import UnawaitedReturnInTry
from analyzer.lint.rules.replay.wait_in_step import WaitInStep

RULES: tuple[Rule, ...] = (
    FloatingStep(),  # SG201
    NondeterministicStepName(),  # SG202
    NondeterministicControlFlow(),  # SG203
    NondeterministicSleep(),  # SG204
    SideEffectOutsideStep(),  # SG205
    StateMutatedInStep(),  # SG206
    MutatedEvent(),  # SG207
    RaceOutsideStep(),  # SG208
    TimerOutsideStep(),  # SG209
    WaitInStep(),  # SG210
    IoControlledFlow(),  # SG216
    UnawaitedReturnInTry(),  # SG217
)
