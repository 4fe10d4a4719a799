import type { FieldIssue } from '#shared/errors.ts'
import type { Failure } from './failure.ts'

export interface Words {
  title: string
  text: string
}

/** What the page says about a failure: what happened and what to do. Without a default, so that a new code is missed. */
export function wordsOf({ code, message, details }: Failure): Words {
  switch (code) {
    case 'invalid_input':
      return { title: 'Some values need mending', text: message }
    case 'not_found':
      return {
        title: 'It is not there any more',
        text: 'It may have been removed in another window. Go back to the list.',
      }
    case 'name_taken':
      return { title: 'The name is taken', text: 'Choose a name that no other provider has.' }
    case 'provider_archived':
      return { title: 'The provider is archived', text: message }
    case 'provider_busy':
      return { title: 'The provider is busy', text: message }
    case 'changed_elsewhere':
      return {
        title: 'It was changed in another window',
        text: 'Look at what was saved there, then save again to replace it.',
      }
    case 'forbidden':
      return { title: 'Not permitted here', text: message }
    case 'unauthorized':
    case 'signed_out':
      return {
        title: 'Signed out',
        text: 'Open the address with its token, as printed when the workbench started.',
      }
    case 'workspace_in_use':
      return {
        title: 'The workspace is in use',
        text: `${message}${details.address ? ` It answers at ${details.address}.` : ''}`,
      }
    case 'host_lost':
      return { title: 'What became of it is not known', text: message }
    case 'store_damaged':
    case 'store_newer':
    case 'store_unreadable':
      return { title: 'The store cannot be used', text: message }
    case 'store_busy':
      return { title: 'The store is busy', text: message }
    case 'disk_full':
      return { title: 'The disk is full', text: 'Nothing was changed. Free some space, then try again.' }
    case 'backup_unusable':
      return { title: 'That backup cannot be used', text: message }
    case 'vault_locked':
      return { title: 'The secrets are locked', text: 'Unlock them with the passphrase, then try again.' }
    case 'wrong_passphrase':
      return {
        title: 'That is not the passphrase',
        text: 'Check the spelling and the keyboard layout, then try again.',
      }
    case 'secret_missing':
      return { title: 'A secret has no value', text: message }
    case 'port_in_use':
      return {
        title: 'The port is taken',
        text: `Another program listens on port ${details.port ?? '(unknown)'}. Close it, then try again.`,
      }
    case 'connection_lost':
      return {
        title: 'Connection lost',
        text: 'The workbench does not answer. Check that it is still running.',
      }
    case 'internal':
      return {
        title: 'Something went wrong inside the workbench',
        text: details.logId
          ? `The log holds the details under ${details.logId} (Help, Log).`
          : 'The log holds the details (Help, Log).',
      }
  }
}

/** One line, where there is no room for two. */
export function sentenceOf(failure: Failure): string {
  const { title, text } = wordsOf(failure)
  return `${title}. ${text}`
}

/** The first message for each field. */
export function issuesByPath(issues: readonly FieldIssue[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { path, message } of issues) found[path] ??= message
  return found
}

/** What a failure says of one field, or all that it says where it says nothing of that one. */
export function issueOf(failure: Failure, path: string): string {
  return issuesByPath(failure.details.issues ?? [])[path] ?? sentenceOf(failure)
}
