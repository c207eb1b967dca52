"""What vendors are documented to answer, in their own shapes (ours and minimal). Nothing here was recorded: see docs/providers.md."""

from dataclasses import dataclass, field

from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.errors.base import (
    AccessDenied,
    ContextTooLong,
    KeyRejected,
    ModelNotFound,
    PicturesRefused,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    ServerError,
    ServerFailed,
)
from chatdesk.kernel.models.model import Capability

CHAT, SEES, THINKS, TOOLS = Capability.CHAT, Capability.VISION, Capability.THINKING, Capability.TOOLS


@dataclass(frozen=True)
class Documented:
    """One vendor. `models` are the ids that can chat, as they should come out; `errors`: status, body, what it means."""

    vendor: str
    list: object
    models: tuple[str, ...]
    stream: tuple[str, ...]
    text: str = "Hi"
    reasoning: str = "they greet"
    usage: tuple[int | None, int | None] = (9, 2)
    finish: FinishReason = FinishReason.STOP
    errors: tuple[tuple[int, object, type[ServerError]], ...] = ()
    in_stream: str = ""
    """An error that comes in the middle of a stream."""
    capabilities: dict[str, set[Capability]] = field(default_factory=dict)
    context: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.vendor


def entries(*ids: str, **fields: object) -> dict:
    return {"object": "list", "data": [{"id": model_id, "object": "model", **fields} for model_id in ids]}


THOUGHT = '{"choices":[{"index":0,"delta":{"content":null,"reasoning_content":"they greet"},"finish_reason":null}],"usage":null}'
THOUGHT_AS_REASONING = THOUGHT.replace("reasoning_content", "reasoning")
SAID = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"usage":null}'
SAID_WITH_TAGS = SAID.replace('"Hi"', '"<think>they greet</think>\\n\\nHi"')
STOP = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'
USAGE = '{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}'
DONE = "[DONE]"
USUAL = (THOUGHT, SAID, STOP, USAGE, DONE)


def nested(message: str, **fields: object) -> dict:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, **fields}}


def flat(message: object, code: int) -> dict:
    return {"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": code}


EVERY = [
    Documented(
        "deepseek",
        entries("deepseek-flash", "deepseek-v4-pro", owned_by="deepseek"),
        ("deepseek-flash", "deepseek-v4-pro"),
        (
            ": keep-alive",
            THOUGHT,
            SAID,
            STOP[:-1]
            + ',"usage":{"prompt_tokens":9,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":1}}}',
            DONE,
        ),
        errors=(
            (401, nested("Authentication Fails (no such user)", code="invalid_request_error"), KeyRejected),
            (402, nested("Insufficient Balance", code="invalid_request_error"), QuotaExhausted),
            (400, nested("Model Not Exist"), ModelNotFound),
            (422, nested("temperature: must be at most 2"), RequestRefused),
            (503, nested("Service is too busy"), ServerFailed),
        ),
        in_stream='{"error":{"message":"overloaded","type":"server_error"}}',
    ),
    Documented(
        "openai",
        entries("gpt-6", "text-embedding-3-small", "whisper-1", "gpt-image-1", owned_by="system"),
        ("gpt-6",),
        (SAID[:-1] + ',"obfuscation":"Xa0","service_tier":"default","system_fingerprint":"fp"}', STOP, USAGE, DONE),
        reasoning="",
        errors=(
            (401, nested("Incorrect API key provided", code="invalid_api_key"), KeyRejected),
            (
                404,
                nested("The model `m` does not exist or you do not have access to it.", code="model_not_found"),
                ModelNotFound,
            ),
            (429, nested("Rate limit reached", code="rate_limit_exceeded"), RateLimited),
            (429, nested("You exceeded your current quota", code="insufficient_quota"), QuotaExhausted),
            (
                400,
                nested("This model's maximum context length is 8 tokens", code="context_length_exceeded"),
                ContextTooLong,
            ),
        ),
        in_stream='{"error":{"message":"The server had an error","type":"server_error"}}',
    ),
    Documented(
        "openrouter",
        {
            "data": [
                {
                    "id": "deepseek/deepseek-r1:free",
                    "name": "DeepSeek: R1",
                    "context_length": 163840,
                    "architecture": {"input_modalities": ["text", "image"]},
                    "supported_parameters": ["tools", "reasoning"],
                    "pricing": {"prompt": "0"},
                }
            ]
        },
        ("deepseek/deepseek-r1:free",),
        (
            ": OPENROUTER PROCESSING",
            THOUGHT_AS_REASONING.replace('"finish_reason"', '"native_finish_reason":null,"finish_reason"').replace(
                '"reasoning":"they greet"',
                '"reasoning":"they greet","reasoning_details":[{"type":"reasoning.text","text":"they greet","index":0}]',
            ),
            SAID,
            STOP,
            USAGE[:-2] + ',"cost":0.0001}}',
            DONE,
        ),
        errors=(
            (402, {"error": {"code": 402, "message": "Insufficient credits"}}, QuotaExhausted),
            (404, {"error": {"code": 404, "message": "No endpoints found that support image input"}}, PicturesRefused),
            (403, {"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["x"]}}}, AccessDenied),
            (
                429,
                {"error": {"code": 429, "message": "Provider returned error", "metadata": {"provider_name": "P"}}},
                RateLimited,
            ),
            (400, {"error": {"code": 400, "message": "m is not a valid model ID"}}, ModelNotFound),
        ),
        in_stream='{"error":{"code":502,"message":"gone"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}',
        capabilities={"deepseek/deepseek-r1:free": {CHAT, SEES, THINKS, TOOLS}},
        context={"deepseek/deepseek-r1:free": 163840},
    ),
    Documented(
        "siliconflow",
        entries("deepseek-ai/DeepSeek-R1", "BAAI/bge-m3"),
        ("deepseek-ai/DeepSeek-R1",),
        USUAL,
        errors=(
            (
                400,
                {"code": 20012, "message": "Model does not exist. Please check it carefully.", "data": None},
                ModelNotFound,
            ),
            (
                403,
                {"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None},
                QuotaExhausted,
            ),
            (401, b'"Invalid token"', KeyRejected),
            (503, {"code": 50505, "message": "Model service overloaded", "data": None}, ServerFailed),
        ),
    ),
    Documented(
        "dashscope",
        entries("qwen3-max", "text-embedding-v4"),
        ("qwen3-max",),
        USUAL,
        errors=(
            (401, nested("Incorrect API key provided.", code="invalid_api_key"), KeyRejected),
            (
                400,
                nested(
                    "parameter.enable_thinking must be set to false for non-streaming calls",
                    code="invalid_parameter_error",
                ),
                RequestRefused,
            ),
            (404, nested("The model `m` does not exist", code="model_not_found"), ModelNotFound),
        ),
    ),
    Documented(
        "moonshot",
        entries("kimi-k3", owned_by="moonshot"),
        ("kimi-k3",),
        (
            THOUGHT,
            SAID,
            '{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":9,"completion_tokens":2}}]}',
            DONE,
        ),
        errors=(
            (404, nested("Not found the model m or Permission denied"), ModelNotFound),
            (429, nested("Your account is suspended due to insufficient balance"), QuotaExhausted),
        ),
    ),
    Documented(
        "zhipu",
        entries("glm-5"),
        ("glm-5",),
        (THOUGHT, SAID, STOP[:-1] + ',"usage":{"prompt_tokens":9,"completion_tokens":2}}', DONE),
        errors=(
            (400, {"error": {"code": "1211", "message": "模型不存在,请检查模型代码。"}}, ModelNotFound),
            (429, {"error": {"code": "1113", "message": "您的账户已欠费,请充值后重试。"}}, QuotaExhausted),
        ),
    ),
    Documented(
        "azure",
        entries("gpt-4o-2024-08-06", capabilities={"chat_completion": True}),
        (),
        ('{"choices":[],"prompt_filter_results":[{"prompt_index":0}]}', SAID, STOP, USAGE, DONE),
        reasoning="",
        errors=(
            (401, {"error": {"code": "401", "message": "Access denied due to invalid subscription key"}}, KeyRejected),
            (
                404,
                {
                    "error": {
                        "code": "DeploymentNotFound",
                        "message": "The API deployment for this resource does not exist.",
                    }
                },
                ModelNotFound,
            ),
            (400, nested("The response was filtered", code="content_filter"), RequestRefused),
        ),
    ),
    Documented(
        "anthropic",
        {"data": [{"type": "model", "id": "claude-sonnet-5", "display_name": "Claude Sonnet 5"}], "has_more": False},
        ("claude-sonnet-5",),
        (SAID, STOP, USAGE, DONE),
        reasoning="",
        errors=(
            (401, {"error": {"type": "authentication_error", "message": "invalid x-api-key"}}, KeyRejected),
            (529, {"error": {"type": "overloaded_error", "message": "Overloaded"}}, ServerFailed),
        ),
    ),
    Documented(
        "gemini",
        entries("models/gemini-3-flash", "models/text-embedding-004", owned_by="google"),
        ("models/gemini-3-flash",),
        (SAID, STOP, USAGE, DONE),
        reasoning="",
        errors=(
            (
                400,
                [{"error": {"code": 400, "message": "Please pass a valid API key.", "status": "INVALID_ARGUMENT"}}],
                RequestRefused,
            ),
            (404, [{"error": {"code": 404, "message": "models/m is not found for API version v1main"}}], ModelNotFound),
        ),
    ),
    Documented(
        "groq",
        {
            "data": [
                {"id": "qwen3-32b", "context_window": 131072, "active": True},
                {"id": "old", "active": False},
                {"id": "whisper-large-v3"},
            ]
        },
        ("qwen3-32b",),
        (
            THOUGHT_AS_REASONING,
            SAID,
            STOP[:-1]
            + ',"x_groq":{"id":"req","usage":{"prompt_tokens":9,"completion_tokens":2,"completion_time":0.1}}}',
            DONE,
        ),
        errors=(
            (400, nested("property 'reasoning_content' is unsupported"), RequestRefused),
            (429, nested("Rate limit reached for model", code="rate_limit_exceeded"), RateLimited),
        ),
        in_stream='{"choices":[],"x_groq":{"error":"stream was cut"}}',
        context={"qwen3-32b": 131072},
    ),
    Documented(
        "mistral",
        entries(
            "magistral-medium",
            "magistral-medium",
            capabilities={"completion_chat": True, "vision": True, "reasoning": True, "function_calling": False},
            max_context_length=40960,
        ),
        ("magistral-medium",),
        (
            '{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"they greet"}]}]}}]}',
            '{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Hi"}]},"finish_reason":null}]}',
            STOP[:-1] + ',"usage":{"prompt_tokens":9,"completion_tokens":2}}',
            DONE,
        ),
        errors=(
            (422, {"detail": [{"loc": ["body", "metadata"], "msg": "Extra inputs are not permitted"}]}, RequestRefused),
            (400, flat({"detail": [{"loc": ["body"], "msg": "Invalid model: m"}]}, 400), ModelNotFound),
            (401, {"detail": "Unauthorized"}, KeyRejected),
        ),
        capabilities={"magistral-medium": {CHAT, SEES, THINKS}},
        context={"magistral-medium": 40960},
    ),
    Documented(
        "together",
        [
            {"id": "deepseek-ai/DeepSeek-R1", "type": "chat", "context_length": 163840, "display_name": "R1"},
            {"id": "black-forest-labs/FLUX", "type": "image"},
            {"id": "intfloat/e5", "type": "embedding"},
        ],
        ("deepseek-ai/DeepSeek-R1",),
        (SAID_WITH_TAGS, STOP, USAGE, DONE),
        errors=((404, nested("Unable to access model m. Please visit", code="model_not_available"), ModelNotFound),),
        context={"deepseek-ai/DeepSeek-R1": 163840},
    ),
    Documented(
        "ollama-v1",
        entries("deepseek-r1:8b", owned_by="library"),
        ("deepseek-r1:8b",),
        (THOUGHT_AS_REASONING, SAID, STOP, USAGE, DONE),
        errors=((404, nested("model 'm' not found", code=None), ModelNotFound),),
    ),
    Documented(
        "vllm",
        entries("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", owned_by="vllm", max_model_len=32768),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",),
        (THOUGHT_AS_REASONING, SAID, STOP, USAGE, DONE),
        errors=(
            (404, flat("The model `m` does not exist.", 404), ModelNotFound),
            (400, nested("This model's maximum context length is 32768 tokens.", code=400), ContextTooLong),
            (401, {"error": "Unauthorized"}, KeyRejected),
        ),
        in_stream='{"error":{"message":"EngineCore died","type":"InternalServerError","param":null,"code":500}}',
        context={"deepseek-ai/DeepSeek-R1-Distill-Qwen-7B": 32768},
    ),
    Documented(
        "lm-studio",
        entries("deepseek-r1-distill-qwen-7b", "text-embedding-nomic-embed-text-v1.5", owned_by="organization_owner"),
        ("deepseek-r1-distill-qwen-7b",),
        (SAID_WITH_TAGS, STOP, USAGE, DONE),
        errors=((400, {"error": 'Failed to load model "m". Error: Model not found'}, ModelNotFound),),
        in_stream='{"error":{"message":"Model unloaded","type":"invalid_request_error"}}',
    ),
    Documented(
        "xinference",
        entries(
            "my-r1", owned_by="xinference", model_type="LLM", model_ability=["chat", "reasoning"], context_length=32768
        ),
        ("my-r1",),
        (": ping - 2026-11-27 13:00:00", THOUGHT, SAID, STOP, USAGE, DONE),
        errors=((400, {"detail": "Model not found in the model list, uid: m"}, ModelNotFound),),
        in_stream='{"error":"the worker is gone"}',
        capabilities={"my-r1": {CHAT, THINKS}},
        context={"my-r1": 32768},
    ),
    Documented(
        "lmdeploy",
        entries("internlm3", owned_by="lmdeploy"),
        ("internlm3",),
        (THOUGHT, SAID, '{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}', USAGE, DONE),
        finish=FinishReason.LENGTH,
        errors=(
            (404, flat("The model 'm' does not exist.", 404), ModelNotFound),
            (401, {"detail": {"error": {"message": "Please request with valid api key!"}}}, KeyRejected),
        ),
        in_stream='{"error":{"message":"session error","type":"internal_error"}}',
    ),
    Documented(
        "sglang",
        entries("qwen3", owned_by="sglang", max_model_len=40960),
        ("qwen3",),
        (
            THOUGHT,
            SAID,
            '{"choices":[{"index":0,"delta":{},"finish_reason":"abort","matched_stop":null}]}',
            USAGE,
            DONE,
        ),
        finish=FinishReason.ABORTED,
        errors=(
            (
                400,
                flat("The input (9 tokens) is longer than the model's context length (8 tokens).", 400),
                ContextTooLong,
            ),
        ),
        in_stream='{"error":{"message":"scheduler died","type":"InternalServerError","code":500}}',
        context={"qwen3": 40960},
    ),
]
