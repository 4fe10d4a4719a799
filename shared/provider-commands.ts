import { z } from 'zod'
import { command } from './command.ts'
import { idSchema } from './id.ts'
import { providerDraftSchema, providerInputSchema, type Provider, type ProviderSummary } from './provider.ts'
import {
  importChoices,
  longestProviderFile,
  type ExportResult,
  type ImportPlan,
  type ImportResult,
} from './provider-file.ts'
import {
  previewInputSchema,
  readAnswerInputSchema,
  type AnswerReading,
  type Preview,
  type TokenTest,
} from './provider-tools.ts'
import type { ProviderImpact } from './provider-uses.ts'
import { newPassphraseSchema } from './vault.ts'

const none = z.void()
const byId = z.object({ id: idSchema })
const providerFileText = z.string().max(longestProviderFile, 'The file is too large to be one of providers.')

/** The commands of providers and of the tools in their form, a part of the contract. */
export const providerCommands = {
  'providers.list': command(none).returns<ProviderSummary[]>(),
  'providers.get': command(byId).returns<Provider>(),
  'providers.save': command(providerInputSchema).returns<Provider>(),
  /** Copies settings and secrets; the copy's name is the first free "name (copy)". */
  'providers.duplicate': command(byId).returns<Provider>(),
  'providers.setDefault': command(byId).returns<null>(),
  /** What archiving or deleting it would affect, to be said before it is confirmed. */
  'providers.impact': command(byId).returns<ProviderImpact>(),
  /** For good: nothing is sent through it any more; messages and figures stay readable. */
  'providers.archive': command(byId).returns<null>(),
  /**
   * Removes it with all of its data, after a backup, in one transaction. Wants its name as it is written. Throws
   * `provider_busy` while a message is on its way through it.
   */
  'providers.delete': command(byId.extend({ name: z.string().max(200) })).returns<{
    messages: number
    /** The backup's file name. */
    backup: string
  }>(),
  /** One file, without secrets or with them under a passphrase; null asks for all providers. */
  'providers.export': command(
    z.object({
      ids: z.array(idSchema).min(1).max(500).nullable(),
      passphrase: newPassphraseSchema.nullable(),
    }),
  ).returns<ExportResult>(),
  /** What an import of the file would do; nothing is written. */
  'providers.readFile': command(z.object({ text: providerFileText })).returns<ImportPlan>(),
  /** Writes all or nothing; each provider that clashes needs a choice. Without a passphrase secrets are left out. */
  'providers.import': command(
    z.object({
      text: providerFileText,
      passphrase: z.string().max(1000).nullable(),
      choices: z.record(idSchema, z.enum(importChoices)),
    }),
  ).returns<ImportResult>(),
  /** Closes its circuit breaker, whatever was heard of it before. */
  'providers.resetBreaker': command(byId).returns<null>(),
  'providers.revealSecret': command(z.object({ id: idSchema, name: z.string().max(100) })).returns<{
    value: string
  }>(),

  /** The request that a draft makes, without sending it. */
  'providers.preview': command(previewInputSchema).returns<Preview>(),
  /** What rules make of an answer, whether it is the last real one or made up. */
  'providers.readAnswer': command(readAnswerInputSchema).returns<AnswerReading>(),

  /** Asks the draft's token server for a new access token, whatever is kept already. Throws `invalid_input` without OAuth 2.0. */
  'providers.testToken': command(
    z.object({ key: idSchema, draft: providerDraftSchema }),
  ).returns<TokenTest>(),
  'providers.cancelTokenTest': command(z.object({ key: idSchema })).returns<null>(),
}
