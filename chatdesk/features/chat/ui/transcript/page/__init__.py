"""The scrolled page of messages: where they lie, what is seen, how mouse, keys, selection and screen readers reach them."""
