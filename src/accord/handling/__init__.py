"""What a handler is given and gives back: typed requests, typed answers, refusals. No server of any kind."""
