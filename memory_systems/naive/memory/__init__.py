"""A conversational memory: it reads dated chats with pictures and answers questions about them."""
