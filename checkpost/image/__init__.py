"""What a picture's file embeds about people, places and devices."""
