"""The page *Recently deleted*."""
