"""What a generated page may load and do, in the words of Content Security Policy. The first of several layers; alone it leaks."""

CONTENT_POLICY = "; ".join(  # noqa: FLY002 - a directive a line reads better
    (
        "default-src 'none'",
        "script-src 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "media-src data: blob:",
        "font-src data:",
        "worker-src blob:",
        "connect-src 'none'",
        "form-action 'none'",
        "frame-src 'none'",
        "base-uri 'none'",
        # An origin of its own that equals no other; messages (alert and its like) come to `Page`, which shows no dialog.
        "sandbox allow-scripts allow-pointer-lock allow-modals",
    )
)
