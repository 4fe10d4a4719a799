import type { VendorField, VendorForm, VendorSummary } from '#shared/catalogue/entry.ts'
import { connect, valueOf } from './connect.ts'
import { printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

/** The catalogue, or what one vendor of it asks for. */
export async function listVendors(id: string | undefined, { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    if (id === undefined) {
      const vendors = valueOf(await dispatch('catalogue.list', undefined))
      printResult(json, vendors, () => listLines(vendors))
    } else {
      const vendor = valueOf(await dispatch('catalogue.get', { id }))
      printResult(json, vendor, () => vendorLines(vendor))
    }
  } finally {
    await close()
  }
}

function listLines(vendors: VendorSummary[]): string[] {
  const rows = vendors.map(({ id, name, countries, needs }) => [id, name, countries.join(' ') || '-', needs])
  return tableLines([['ID', 'NAME', 'COUNTRIES', 'NEEDS'], ...rows])
}

function vendorLines({ name, apis, fields, rules, uncertain, documentation }: VendorForm): string[] {
  return [
    `${name}, ${documentation}`,
    '',
    ...tableLines([
      ['OPTION', 'NEEDED', 'WHAT IT IS'],
      ...(apis.length > 1
        ? apis.map(({ id, label }, at) => [`--api ${id}`, at ? '' : 'proposed', label])
        : []),
      ...fields.map((field) => [optionOf(field), neededWords(field), wordsOf(field)]),
    ]),
    ...rules.map(({ words }) => words),
    ...uncertain.map((one) => `Not known for sure: ${one}`),
  ]
}

const optionOf = ({ key, secret }: VendorField) => (secret ? `--secret ${key}=-` : `--field ${key}=…`)

function neededWords({ required, default: standard, apis }: VendorField): string {
  const only = apis ? `with ${apis.join(', ')}` : ''
  return [required && standard === '' ? 'yes' : '', only].filter(Boolean).join(', ')
}

function wordsOf({ label, help, choices, default: standard }: VendorField): string {
  const list = choices ? ` One of: ${choices.map(({ value }) => JSON.stringify(value)).join(', ')}.` : ''
  return `${label}: ${help}${list}${standard === '' ? '' : ` ${JSON.stringify(standard)} unless told otherwise.`}`
}
