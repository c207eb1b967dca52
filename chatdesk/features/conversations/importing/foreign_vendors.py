"""The vendors of resources/providers.toml by the names that other programs give them."""

_VENDORS = {
    "ollama": "ollama",
    "deepseek": "deepseek",
    "openai": "openai",
    "openairesponses": "openai",
    "openrouter": "openrouter",
    "silicon": "siliconflow",
    "siliconcloud": "siliconflow",
    "siliconflow": "siliconflow",
    "dashscope": "dashscope",
    "qwen": "dashscope",
    "aliyun": "dashscope",
    "moonshot": "moonshot",
    "zhipu": "zhipu",
    "chatglm": "zhipu",
    "azure": "azure",
    "azureopenai": "azure",
    "anthropic": "anthropic",
    "claude": "anthropic",
    "gemini": "gemini",
    "google": "gemini",
    "groq": "groq",
    "mistral": "mistral",
    "mistralai": "mistral",
    "together": "together",
    "togetherai": "together",
    "lmstudio": "lm-studio",
    "llamacpp": "llama-cpp",
    "vllm": "vllm",
    "xinference": "xinference",
    "dify": "dify",
}


def vendor_of(name: str) -> str:
    """Return the vendor that another program calls by this name; empty if it is none that is known here."""
    return _VENDORS.get("".join(filter(str.isalnum, name.lower())), "")
