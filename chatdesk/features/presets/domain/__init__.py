"""A preset: what to say, how, to which model, on which input. Values and pure functions; files are the business of `prompts/`."""
