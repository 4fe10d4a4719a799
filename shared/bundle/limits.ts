/** In bytes, as JSON carries it within another: it has to fit into one request of a page. */
export const longestBundle = 1_000_000
export const deepestBundle = 32
/** Values of all kinds, in the whole file. */
export const mostBundleValues = 60_000
export const mostBundleAttempts = 100
export const mostBundleProviders = 20
export const mostBundleCallbacks = 200

/** Control characters, and those that turn the direction of the text around them. */
export const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
