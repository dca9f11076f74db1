"""How each step of a suggestion is asked for: operation, fields, what they start with."""

from functools import partial

from deputydesk.models import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    Reply,
    Suggestion,
    Talk,
    Urging,
)
from deputydesk.operations import (
    assignments,
    commitments,
    extensions,
    feedbacks,
    replies,
    reviews,
    suggestions,
    talks,
    urgings,
)
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.ui.dialogs import proposed_unit
from deputydesk.ui.dialogs import suggestion_fields as fields
from deputydesk.ui.dialogs import suggestion_words as words
from deputydesk.ui.dialogs.steps import Step
from deputydesk.ui.fields import TextField

_STEPS: tuple[Step[Detail], ...] = (
    Step(suggestions.submit, Suggestion, fields.made(fields.day("submitted_on"))),
    Step(suggestions.register, Suggestion, fields.register, start=words.own_meeting),
    Step(
        reviews.accept,
        Suggestion,
        fields.made(fields.day("reviewed_on"), fields.text("note", "审核意见")),
    ),
    Step(
        reviews.send_back,
        Suggestion,
        fields.made(fields.text("note", "需要修改的内容"), fields.day("reviewed_on", "退回日期")),
    ),
    Step(reviews.reject, Suggestion, fields.reject),
    Step(reviews.merge, Suggestion, fields.merge),
    Step(reviews.tell, Suggestion, fields.made(fields.day("told_on"))),
    Step(
        assignments.assign,
        Assignment,
        fields.assign,
        start=proposed_unit.start("main_id", words.matter),
        say=proposed_unit.say("main_id", words.matter, partial(words.why, "assigned_on")),
        adds_units=True,
    ),
    Step(
        assignments.sign,
        Assignment,
        fields.made(fields.day("signed_on"), partial(TextField, "signed_by")),
        which="签收单位",
        name=words.unit_of,
    ),
    Step(
        assignments.ask_hand_back,
        Assignment,
        fields.hand_back,
        which="退办单位",
        name=words.unit_of,
    ),
    Step(
        assignments.decide_hand_back,
        Assignment,
        fields.decide_hand_back,
        which="申请单位",
        name=words.unit_of,
        adds_units=True,
    ),
    Step(
        assignments.reassign,
        Assignment,
        fields.reassign,
        say=partial(words.why, "assigned_on"),
        which="原承办单位",
        name=words.unit_of,
        adds_units=True,
    ),
    Step(talks.log, Talk, fields.talk),
    Step(
        replies.assist,
        Assignment,
        fields.made(fields.day("given_on", "协办意见日期"), fields.text("opinion", "协办意见")),
        which="协办单位",
        name=words.unit_of,
    ),
    Step(
        extensions.ask,
        Extension,
        fields.made(fields.day("asked_on"), fields.text("reason", "延期理由")),
        which="申请单位",
        name=words.unit_of,
    ),
    Step(
        extensions.grant,
        Extension,
        fields.grant,
        start=words.longest,
        which="申请单位",
        name=words.unit_waiting,
    ),
    Step(
        extensions.refuse,
        Extension,
        fields.made(fields.day("decided_on"), fields.text("note", "不同意的理由")),
        which="申请单位",
        name=words.unit_waiting,
    ),
    Step(urgings.urge, Urging, fields.urge),
    Step(
        replies.answer,
        Reply,
        fields.answer,
        say=words.class_means,
        which="答复单位",
        name=words.unit_of,
    ),
    Step(feedbacks.send, Feedback, fields.made(fields.day("sent_on"))),
    Step(
        feedbacks.receive,
        Feedback,
        fields.receive,
        start=words.contact_of_unit,
        say=words.what_follows,
    ),
    Step(feedbacks.remind, Feedback, fields.made(fields.day("reminded_on"))),
    Step(feedbacks.close_unreturned, Suggestion, fields.made(fields.day("closed_on"))),
    Step(
        feedbacks.decide,
        Suggestion,
        fields.made(fields.text("decision"), fields.day("decided_on", "决定日期")),
    ),
    Step(suggestions.archive, Suggestion, fields.archive),
    Step(suggestions.withdraw, Suggestion, fields.withdraw),
    Step(
        commitments.report,
        Commitment,
        fields.made(fields.day("reported_on", "进展日期"), fields.text("progress")),
        which="承诺事项",
        name=words.promise,
    ),
    Step(commitments.settle, Commitment, fields.settle, which="承诺事项", name=words.promise),
)

SUGGESTION_STEPS = {step.operation.name: step for step in _STEPS}
"""How each step is asked for, by the name of its operation."""

MAIN_WAY = (
    "suggestions.submit",
    "suggestions.register",
    "reviews.accept",
    "assignments.assign",
    "assignments.decide_hand_back",
    "extensions.grant",
    "replies.answer",
    "assignments.sign",
    "feedbacks.receive",
    "feedbacks.send",
    "feedbacks.decide",
    "suggestions.archive",
    "reviews.tell",
    "commitments.settle",
)
"""The step that most often comes next stands first: the first of these that is offered."""
