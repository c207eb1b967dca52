"""The *Recently deleted* page."""
