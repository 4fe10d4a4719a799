import type { ReceivedMessage } from '#shared/simulator.ts'

const mostRequests = 10_000
/** Characters of bodies: a page that stays open all day must not fill the memory. */
const mostText = 40_000_000

/** As many of the newest as a page holds; the newest come first. */
export function newestOf(
  messages: ReceivedMessage[],
  most = mostRequests,
  text = mostText,
): ReceivedMessage[] {
  let length = 0
  const over = messages.findIndex((message, index) => {
    length += message.request.body.length + (message.response?.body.length ?? 0)
    return index >= most || (index > 0 && length > text)
  })
  return over < 0 ? messages : messages.slice(0, over)
}
