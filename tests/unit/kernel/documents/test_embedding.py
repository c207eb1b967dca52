"""What stands before questions and passages, by the names under which models are published and pulled."""

import pytest

from chatdesk.kernel.documents.embedding import is_embedding_name, prompts_of


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [
        ("multilingual-e5-small-q8_0", "query: ", "passage: "),
        ("intfloat/e5-large-v2", "query: ", "passage: "),
        ("embeddinggemma:300m", "task: search result | query: ", "title: none | text: "),
        ("embedding_gemma-300m-qat-Q8_0", "task: search result | query: ", "title: none | text: "),
        ("nomic-embed-text", "search_query: ", "search_document: "),
        ("snowflake-arctic-embed2", "query: ", ""),
        ("mxbai-embed-large", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-large-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("bge-m3", "", ""),
        ("granite-embedding:278m", "", ""),
        ("all-minilm", "", ""),
        ("core5-model", "", ""),
    ],
)
def test_a_model_gets_the_words_that_it_was_trained_with(name: str, question: str, passage: str) -> None:
    prompts = prompts_of(name)
    assert (prompts.question, prompts.passage) == (question, passage)


def test_models_that_follow_instructions_get_one_before_the_question_only() -> None:
    for name in ("Qwen3-Embedding-0.6B-Q8_0", "qwen3-embedding:0.6b"):
        assert prompts_of(name).question.startswith("Instruct: ")
        assert prompts_of(name).question.endswith("\nQuery: ")
        assert prompts_of(name).passage == ""


def test_a_server_that_does_not_say_what_its_models_do_names_them() -> None:
    for name in (
        "nomic-embed-text",
        "bge-m3:latest",
        "all-minilm",
        "multilingual-e5-small",
        "text-embedding-qwen3",
        "gte-large",
    ):
        assert is_embedding_name(name)
    for name in ("qwen3:8b", "llama3.2", "bge-reranker-v2-m3", "phi-4-e50", "gemma3"):
        assert not is_embedding_name(name)
