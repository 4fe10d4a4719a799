import { z } from 'zod'

/** What a user chose and typed for a vendor. Secret fields are not among `fields`: they are typed as secrets. */
export const vendorChoiceSchema = z.strictObject({
  /** Empty: the vendor's first. */
  api: z.string().max(40),
  fields: z.record(
    z.string().regex(/^(?!__proto__$)[A-Za-z0-9]{1,40}$/),
    z.string().max(2000, 'Keep it to 2000 characters.'),
  ),
  /** The request goes to this machine's simulator instead of to the vendor. */
  simulated: z.boolean(),
})
export type VendorChoice = z.infer<typeof vendorChoiceSchema>

/** What a vendor's preset says of answers, part by part: each is the preset's until a user changes it. */
export const mappingParts = ['success', 'reading', 'codes'] as const
export type MappingPart = (typeof mappingParts)[number]

/** As a file of providers carries it. */
export const fileVendorSchema = vendorChoiceSchema.extend({
  /** The parts of the mapping that are the user's own; without it they are told by comparing. */
  own: z.array(z.enum(mappingParts)).max(mappingParts.length).optional(),
})
export type FileVendor = z.infer<typeof fileVendorSchema>

/** As it is stored beside the settings that were made of it. */
export const storedVendorSchema = vendorChoiceSchema.extend({
  /** Of the vendor's entry, when the settings were made. */
  version: z.number(),
  own: z.array(z.enum(mappingParts)),
  /** The vendor's secret fields, of all its APIs, and which of them the chosen one cannot do without. */
  secrets: z.record(z.string(), z.object({ required: z.boolean() })),
  /** The version of an entry that wants more than is there, once that has been told. */
  told: z.number().optional(),
})
export type StoredVendor = z.infer<typeof storedVendorSchema>
