"""Values and pure functions of a chat. Standard library only: no file, no network, no clock read behind the caller's back."""
