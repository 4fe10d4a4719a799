import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventEnvelope,
  EventName,
  Events,
} from '#shared/contract.ts'
import { desktopTransport } from './desktop-transport.ts'
import type { Answer, Transport } from './failure.ts'
import { httpTransport } from './http-transport.ts'

type InputOf<Name extends CommandName> = CommandInput<Name> extends void ? [] : [input: CommandInput<Name>]

let transport: Transport | undefined

/** Whether the page stands in the app's own window, and not in a browser. */
export const inDesktop = () => window.workbench !== undefined

function way(): Transport {
  transport ??= window.workbench ? desktopTransport(window.workbench) : httpTransport()
  return transport
}

/** For tests of stores: everything goes there from now on. */
export function useTransport(other: Transport): void {
  transport = other
}

/** The page's only door out. Never throws: what went wrong is part of the answer. */
export async function call<Name extends CommandName>(
  name: Name,
  ...input: InputOf<Name>
): Promise<Answer<CommandOutput<Name>>> {
  return (await way().call(name, plain(input[0]))) as Answer<CommandOutput<Name>>
}

/** Calls the listener for each event of that name; answers with the function that ends it. */
export function onEvent<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  return way().on((event: EventEnvelope) => {
    if (event.name === name) listener(event.payload as Events[Name])
  })
}

/** Structured clone refuses reactive proxies, and every input of the contract is JSON. */
function plain(input: unknown): unknown {
  return input === undefined ? undefined : JSON.parse(JSON.stringify(input))
}
