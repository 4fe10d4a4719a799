import type { Vendor, VendorApi } from '#shared/catalogue/entry.ts'
import { shippedVendors, type VendorWish } from './simulated-provider.ts'

const telnyxKey = Buffer.alloc(32, 7).toString('base64')

/** With what the vendor signs with set. */
export function withKey({ callbacks, fields }: Vendor): VendorWish {
  const name = callbacks?.signature?.key
  if (name === undefined) return {}
  const value =
    name === 'publicKey'
      ? telnyxKey
      : name === 'authToken'
        ? '0123456789abcdef'.repeat(2)
        : `the-${name}-of-the-account`
  return fields.find(({ key }) => key === name)?.secret
    ? { secrets: { [name]: value } }
    : { fields: { [name]: value } }
}

/** Whether the vendor has such a callback for an API. */
export const says = ({ callbacks }: Vendor, { id }: VendorApi, kind: string) =>
  callbacks?.imitated.some(
    ({ format, apis }) =>
      (apis?.includes(id) ?? true) && callbacks.formats.find(({ name }) => name === format)?.kind === kind,
  ) ?? false

/** Of all vendors: what to call it, the vendor, the API. */
export const everyApi = [...shippedVendors.values()].flatMap((vendor) =>
  vendor.apis.map((api) => [`${vendor.name}, ${api.label}`, vendor, api] as const),
)
/** Those whose receipts are known. */
export const calling = everyApi.filter(([, vendor, api]) => vendor.callbacks && says(vendor, api, 'receipt'))
/** One that the vendor serves. */
export const numberFor = ({ countries }: Vendor, index: number) =>
  countries[0] === 'IN'
    ? `+9198765432${10 + index}`
    : countries[0] === 'SA'
      ? `+9665123456${10 + index}`
      : `+141555501${10 + index}`
