"""Fields of our own, which reading a picture adds to those that it embeds."""

PREVIEW = "PreviewDifference"  # how far the preview is from the picture, in grey levels
REST = "DataBehindPicture"  # a shorter picture was written over a longer one
