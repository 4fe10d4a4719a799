import type { CodeMeaning } from '../../success-rule.ts'
import type { ReceiptState } from '../format.ts'

interface PlatformCode extends Required<CodeMeaning> {
  state: ReceiptState
}

const register = 'Correct the registration on the DLT portal, or use one that is registered.'

/** The failure codes of the platform's callbacks. 911 is not one. */
export const platformCodes: readonly PlatformCode[] = [
  code(
    '900',
    'failed',
    'unknown',
    'It failed for a reason without a code of its own.',
    'Read the description that came with it.',
  ),
  code(
    '901',
    'rejected',
    'rejected',
    'The number is on a do-not-disturb list.',
    'Do not send to this number.',
  ),
  code('902', 'rejected', 'unavailable', 'The message was taken for spam.', 'Change the text or its links.'),
  code(
    '903',
    'rejected',
    'rejected',
    'The number is on a block list, as after a STOP.',
    'Do not send to this number.',
  ),
  code(
    '904',
    'failed',
    'unavailable',
    'The provider’s system failed.',
    'Send it again, or through another provider.',
  ),
  code(
    '905',
    'undelivered',
    'unavailable',
    'The recipient’s phone or account could not take it: no balance, or no network.',
    'Try again later.',
  ),
  code('906', 'rejected', 'misconfigured', 'DLT blocks the sender’s header.', register),
  code('907', 'rejected', 'misconfigured', 'DLT blocks the entity.', register),
  code('908', 'rejected', 'misconfigured', 'DLT blocks the template.', register),
  code(
    '909',
    'rejected',
    'rejected',
    'The recipient’s consent is missing on DLT.',
    'Do not send to this number without consent.',
  ),
  code('910', 'undelivered', 'rejected', 'The number is invalid or not in service.', 'Leave the number out.'),
  code('912', 'undelivered', 'unavailable', 'The phone’s memory for messages is full.', 'Try again later.'),
  code(
    '913',
    'rejected',
    'rejected',
    'The number is on the national do-not-call register.',
    'Do not send to this number.',
  ),
  code(
    '914',
    'undelivered',
    'unavailable',
    'It was tried several times and did not arrive.',
    'Try again later.',
  ),
  code(
    '915',
    'rejected',
    'unavailable',
    'The operator, or a rule of the country, dropped it.',
    'Check the country’s rules for sender, text and time of day.',
  ),
  code(
    '916',
    'expired',
    'unavailable',
    'It expired at the operator before it could be delivered.',
    'Try again later.',
  ),
  code(
    '917',
    'expired',
    'unavailable',
    'The provider gave it up: a rule of its own, a bad number, or a request to.',
    'Ask the provider which of these it was.',
  ),
  code(
    '918',
    'rejected',
    'rejected',
    'The same text went to this number within 30 minutes.',
    'Wait 30 minutes, or change the text.',
  ),
  code('919', 'rejected', 'misconfigured', 'DLT refuses it for another reason.', register),
  code(
    '920',
    'rejected',
    'misconfigured',
    'A link in the text is not on the allow-list.',
    'Register the link, or leave it out.',
  ),
]

function code(
  name: string,
  state: ReceiptState,
  meaning: CodeMeaning['class'],
  cause: string,
  next: string,
): PlatformCode {
  return { code: name, state, class: meaning, cause, next }
}
