/** The only two channels between the page and the desktop host. */
export const callChannel = 'workbench:call'
export const eventChannel = 'workbench:event'

/** The page's own origin; no other may call. */
export const appScheme = 'app'
export const appHost = 'workbench'
export const appOrigin = `${appScheme}://${appHost}`
