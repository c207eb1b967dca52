import pytest

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices, ThinkingRule, choices_for

T = Thinking
SWITCH = (T.OFF, T.ON)
OPENAI = (T.OFF, T.LOW, T.MEDIUM, T.HIGH)
DEEPSEEK = (T.OFF, T.LOW, T.HIGH, T.MAX)
GPT_OSS = (T.LOW, T.MEDIUM, T.HIGH)


@pytest.mark.parametrize(
    ("choices", "wanted", "expected"),
    [
        (SWITCH, T.AUTO, T.AUTO),
        (SWITCH, T.OFF, T.OFF),
        (SWITCH, T.LOW, T.ON),
        (SWITCH, T.MAX, T.ON),
        (OPENAI, T.ON, T.MEDIUM),
        (OPENAI, T.MINIMAL, T.LOW),
        (OPENAI, T.MAX, T.HIGH),
        (OPENAI, T.OFF, T.OFF),
        (DEEPSEEK, T.ON, T.HIGH),
        (DEEPSEEK, T.MEDIUM, T.LOW),
        (DEEPSEEK, T.XHIGH, T.HIGH),
        (GPT_OSS, T.OFF, T.LOW),
        (GPT_OSS, T.ON, T.MEDIUM),
        ((T.ON,), T.OFF, T.AUTO),
        ((T.ON,), T.ON, T.AUTO),
        ((), T.HIGH, T.AUTO),
    ],
)
def test_a_model_gets_the_nearest_that_it_knows(choices: tuple[T, ...], wanted: T, expected: T):
    assert ThinkingChoices(choices).nearest(wanted) is expected


@pytest.mark.parametrize("wanted", Thinking)
@pytest.mark.parametrize("choices", [SWITCH, OPENAI, DEEPSEEK, GPT_OSS, (T.ON,), ()])
def test_it_is_never_sent_what_it_does_not_know(choices: tuple[T, ...], wanted: T):
    assert ThinkingChoices(choices).nearest(wanted) in {T.AUTO, *choices}


def test_what_there_is_to_choose_is_known_by_kind():
    assert ThinkingChoices((T.ON,)).always
    assert not ThinkingChoices(SWITCH).always
    assert ThinkingChoices(GPT_OSS).has_efforts
    assert not ThinkingChoices(SWITCH).has_efforts
    assert not NOTHING.choices


def test_the_first_rule_about_a_model_decides():
    rules = (ThinkingRule(("gpt-4*",)), ThinkingRule(("gpt-*",), OPENAI))
    assert choices_for(rules, "GPT-4o") == ()
    assert choices_for(rules, "gpt-5") == OPENAI
    assert choices_for(rules, "llama") is None
