import { z } from 'zod'
import { shells } from './curl/shells.ts'

export const appearanceSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Country assumed for a number that is typed in its national form. */
  defaultCountry: z.string().length(2).nullable(),
  /** The number and text that Send Test SMS starts with. */
  testNumber: z.string().max(100),
  testText: z.string().max(10_000),
  /** The shell that a cURL command was copied for last; null for the one of this machine. */
  curlShell: z.enum(shells).nullable(),
  /** Whether the figures on the Providers page count test sends. */
  countTests: z.boolean(),
  /** Whether they count sends to the simulator. */
  countSimulated: z.boolean(),
  /** The columns of the message log that are shown, by their keys; null for the usual ones. */
  messageColumns: z.array(z.string().max(40)).max(40).nullable(),
})
export type Preferences = z.infer<typeof appearanceSchema>

export const defaultPreferences: Preferences = {
  theme: 'system',
  defaultCountry: null,
  testNumber: '',
  testText: 'Test from SMS Workbench',
  curlShell: null,
  countTests: true,
  countSimulated: false,
  messageColumns: null,
}
