"""Fields for model parameters, shared by chats, models and presets."""
