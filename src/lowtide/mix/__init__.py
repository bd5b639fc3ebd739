"""Timeline and speech in, samples out: any stretch of the session, alone and in any order."""
