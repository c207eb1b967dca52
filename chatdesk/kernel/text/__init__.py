"""Safe text: values of JSON, cells of CSV, broken characters."""
