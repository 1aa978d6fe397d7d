"""All rules, one line each, by code; and the codes of notes, which are no rules: what could not be seen."""

from __future__ import annotations

from analyzer.lint.rule import Rule
from analyzer.lint.rules.analyzer.internal_limit import InternalLimit
from analyzer.lint.rules.analyzer.unknown_code_in_suppression import UnknownCodeInSuppression
from analyzer.lint.rules.analyzer.unreadable_file import UnreadableFile
from analyzer.lint.rules.analyzer.unused_suppression import UnusedSuppression
from analyzer.lint.rules.limits.default_wait import DefaultWait
from analyzer.lint.rules.limits.endless_loop import EndlessLoop
from analyzer.lint.rules.limits.logged_step_failure import LoggedStepFailure
from analyzer.lint.rules.limits.long_step_timeout import LongStepTimeout
from analyzer.lint.rules.limits.no_steps import NoSteps
from analyzer.lint.rules.limits.possible_step_limit import PossibleStepLimit
from analyzer.lint.rules.limits.retry_limit import RetryLimit
from analyzer.lint.rules.limits.step_limit import StepLimit
from analyzer.lint.rules.limits.swallowed_step_failure import SwallowedStepFailure
from analyzer.lint.rules.limits.unguarded_wait import UnguardedWait
from analyzer.lint.rules.limits.unreachable_step import UnreachableStep
from analyzer.lint.rules.limits.unused_declared_step import UnusedDeclaredStep
from analyzer.lint.rules.policies.explicit_retries import ExplicitRetries
from analyzer.lint.rules.policies.forbidden_in_unbounded_loop import ForbiddenInUnboundedLoop
from analyzer.lint.rules.policies.max_duration import MaxDuration
from analyzer.lint.rules.policies.max_parallel import MaxParallel
from analyzer.lint.rules.policies.max_steps import MaxSteps
from analyzer.lint.rules.policies.required_step import RequiredStep
from analyzer.lint.rules.project.class_not_exported import ClassNotExported
from analyzer.lint.rules.project.entrypoint_without_binding import EntrypointWithoutBinding
from analyzer.lint.rules.project.invalid_instance_id import InvalidInstanceId
from analyzer.lint.rules.project.invalid_workflow_name import InvalidWorkflowName
from analyzer.lint.rules.project.invalid_workflow_settings import InvalidWorkflowSettings
from analyzer.lint.rules.project.missing_environment_binding import MissingEnvironmentBinding
from analyzer.lint.rules.project.missing_parameter import MissingParameter
from analyzer.lint.rules.project.missing_python_flag import MissingPythonFlag
from analyzer.lint.rules.project.step_limit_above_maximum import StepLimitAboveMaximum
from analyzer.lint.rules.project.unawaited_event import UnawaitedEvent
from analyzer.lint.rules.project.unsent_event import UnsentEvent
from analyzer.lint.rules.replay.console_outside_step import ConsoleOutsideStep
from analyzer.lint.rules.replay.duplicated_dependency import DuplicatedDependency
from analyzer.lint.rules.replay.floating_step import FloatingStep
from analyzer.lint.rules.replay.io_controlled_flow import IoControlledFlow
from analyzer.lint.rules.replay.module_state import ModuleState
from analyzer.lint.rules.replay.mutated_event import MutatedEvent
from analyzer.lint.rules.replay.nested_do import NestedDo
from analyzer.lint.rules.replay.nondeterministic_control_flow import NondeterministicControlFlow
from analyzer.lint.rules.replay.nondeterministic_sleep import NondeterministicSleep
from analyzer.lint.rules.replay.nondeterministic_step_name import NondeterministicStepName
from analyzer.lint.rules.replay.nondeterministic_value import NondeterministicValue
from analyzer.lint.rules.replay.path_dependent_step_count import PathDependentStepCount
from analyzer.lint.rules.replay.race_outside_step import RaceOutsideStep
from analyzer.lint.rules.replay.side_effect_outside_step import SideEffectOutsideStep
from analyzer.lint.rules.replay.state_mutated_in_step import StateMutatedInStep
from analyzer.lint.rules.replay.timer_outside_step import TimerOutsideStep
from analyzer.lint.rules.replay.unawaited_return_in_try import UnawaitedReturnInTry
from analyzer.lint.rules.replay.wait_in_step import WaitInStep
from analyzer.lint.rules.runtime.bare_step_decorator import BareStepDecorator
from analyzer.lint.rules.runtime.detached_step_method import DetachedStepMethod
from analyzer.lint.rules.runtime.entrypoint_without_run import EntrypointWithoutRun
from analyzer.lint.rules.runtime.invalid_event_type import InvalidEventType
from analyzer.lint.rules.runtime.invalid_rollback_options import InvalidRollbackOptions
from analyzer.lint.rules.runtime.invalid_step_callback import InvalidStepCallback
from analyzer.lint.rules.runtime.invalid_step_config import InvalidStepConfig
from analyzer.lint.rules.runtime.invalid_step_name import InvalidStepName
from analyzer.lint.rules.runtime.lost_error_type import LostErrorType
from analyzer.lint.rules.runtime.misread_duration import MisreadDuration
from analyzer.lint.rules.runtime.python_event_attribute import PythonEventAttribute
from analyzer.lint.rules.runtime.python_step_signature import PythonStepSignature
from analyzer.lint.rules.runtime.renamed_nonretryable_error import RenamedNonretryableError
from analyzer.lint.rules.runtime.reused_coroutine import ReusedCoroutine
from analyzer.lint.rules.runtime.sleep_out_of_range import SleepOutOfRange
from analyzer.lint.rules.runtime.sleep_until_past import SleepUntilPast
from analyzer.lint.rules.runtime.syntax_error import SyntaxError
from analyzer.lint.rules.runtime.type_imported_as_value import TypeImportedAsValue
from analyzer.lint.rules.runtime.unknown_step_method import UnknownStepMethod
from analyzer.lint.rules.runtime.unserializable_step_result import UnserializableStepResult
from analyzer.lint.rules.runtime.wait_timeout_out_of_range import WaitTimeoutOutOfRange
from analyzer.lint.rules.runtime.wrong_nonretryable_import import WrongNonretryableImport

RULES: tuple[Rule, ...] = (
    UnusedSuppression(),  # SG001
    UnknownCodeInSuppression(),  # SG002
    UnreadableFile(),  # SG003
    InternalLimit(),  # SG004
    SyntaxError(),  # SG101
    EntrypointWithoutRun(),  # SG102
    InvalidStepName(),  # SG103
    InvalidStepCallback(),  # SG104
    InvalidStepConfig(),  # SG105
    MisreadDuration(),  # SG106
    SleepOutOfRange(),  # SG107
    UnserializableStepResult(),  # SG108
    InvalidEventType(),  # SG109
    WaitTimeoutOutOfRange(),  # SG110
    WrongNonretryableImport(),  # SG111
    PythonStepSignature(),  # SG112
    InvalidRollbackOptions(),  # SG113
    DetachedStepMethod(),  # SG114
    LostErrorType(),  # SG115
    RenamedNonretryableError(),  # SG116
    SleepUntilPast(),  # SG117
    UnknownStepMethod(),  # SG118
    TypeImportedAsValue(),  # SG119
    PythonEventAttribute(),  # SG120
    BareStepDecorator(),  # SG121
    ReusedCoroutine(),  # SG122
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
    PathDependentStepCount(),  # SG211
    ModuleState(),  # SG212
    ConsoleOutsideStep(),  # SG213
    NondeterministicValue(),  # SG214
    NestedDo(),  # SG215
    IoControlledFlow(),  # SG216
    UnawaitedReturnInTry(),  # SG217
    DuplicatedDependency(),  # SG218
    StepLimit(),  # SG301
    LongStepTimeout(),  # SG302
    RetryLimit(),  # SG303
    UnreachableStep(),  # SG304
    NoSteps(),  # SG305
    SwallowedStepFailure(),  # SG306
    UnguardedWait(),  # SG307
    DefaultWait(),  # SG308
    UnusedDeclaredStep(),  # SG309
    EndlessLoop(),  # SG311
    PossibleStepLimit(),  # SG312
    LoggedStepFailure(),  # SG313
    ClassNotExported(),  # SG401
    EntrypointWithoutBinding(),  # SG402
    InvalidWorkflowName(),  # SG403
    InvalidWorkflowSettings(),  # SG404
    UnsentEvent(),  # SG405
    UnawaitedEvent(),  # SG406
    StepLimitAboveMaximum(),  # SG407
    MissingEnvironmentBinding(),  # SG408
    MissingPythonFlag(),  # SG409
    InvalidInstanceId(),  # SG410
    MissingParameter(),  # SG411
    RequiredStep(),  # SG601
    ForbiddenInUnboundedLoop(),  # SG602
    ExplicitRetries(),  # SG603
    MaxSteps(),  # SG604
    MaxDuration(),  # SG605
    MaxParallel(),  # SG606
)

NOTE_CODES: dict[str, str] = {
    "SG901": "unresolved-step-use",
    "SG902": "dynamic-name",
    "SG903": "dynamic-config",
    "SG904": "unresolved-import",
    "SG905": "inlined-unknown-callee",
    "SG906": "depth-limit",
}
"""Codes of notes with their names: shown by ``--coverage``, counted in JSON and SARIF, gated by ``--min-coverage``."""
