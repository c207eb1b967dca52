"""Design tokens, themes, fonts, icons, painters."""
