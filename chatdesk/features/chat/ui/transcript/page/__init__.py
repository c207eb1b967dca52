"""The scrolled page of messages: layout, painting, input, selection and accessibility."""
