-- input and response are encrypted from here on, and nothing is kept of what was stored in the clear.
DELETE FROM response;
