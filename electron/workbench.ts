import { defaultSimulatorPort } from '#shared/simulator.ts'
import { appHandlers } from './app-handlers.ts'
import { openBundles } from './bundles/bundles.ts'
import { catalogueHandlers } from './catalogue/handlers.ts'
import { openCallbacks } from './callbacks/callbacks.ts'
import { openCatalogue } from './catalogue/load.ts'
import { CleanUp } from './data/clean-up.ts'
import { dataHandlers } from './data/handlers.ts'
import { Dispatcher } from './bulk/dispatcher.ts'
import { bulkHandlers } from './bulk/handlers.ts'
import { bulkUses } from './bulk/uses.ts'
import { openStore } from './db/store-handle.ts'
import { EventHub } from './events.ts'
import { exportHandlers } from './export/handlers.ts'
import { keepBackups } from './keep-backups.ts'
import { createLog, type Log } from './log.ts'
import { groupHandlers } from './groups/handlers.ts'
import { groupUses } from './groups/uses.ts'
import { messageHandlers } from './messages/handlers.ts'
import { logHandlers } from './messages/log-handlers.ts'
import { settleInterrupted } from './messages/recover.ts'
import { ReceiptWatch } from './messages/receipt-watch.ts'
import { gatheredOf } from './messages/write-result.ts'
import { LogIndexer } from './messages/log-indexer.ts'
import { Sender } from './messages/sender.ts'
import { openNetwork } from './open-network.ts'
import { preferenceHandlers } from './preferences/handlers.ts'
import { fileHandlers } from './providers/file-handlers.ts'
import { providerHandlers } from './providers/handlers.ts'
import { followCatalogue } from './providers/follow-catalogue.ts'
import { operationHandlers } from './providers/operation-handlers.ts'
import { toolHandlers } from './providers/tool-handlers.ts'
import { tokenHandlers } from './providers/token-handlers.ts'
import { defaultUse, gatherUses, usesOnTheirWay } from './providers/uses.ts'
import { createDispatch, type Dispatch, type DispatchUnknown } from './rpc.ts'
import { Redaction } from './secrets/redaction.ts'
import { openVault } from './secrets/vault.ts'
import { simulatorHome } from './simulator/callbacks/home.ts'
import { OnWay } from './simulator/callbacks/on-way.ts'
import { statsHandlers } from './stats/handlers.ts'
import { StatsWorker } from './stats/worker.ts'
import { simulatorMemory, simulatorRan } from './simulator/memory.ts'
import { createSimulator } from './simulator/simulator.ts'
import { tourHandlers } from './tour/handlers.ts'
import type { WorkbenchOptions } from './workbench-options.ts'
import { lockWorkspace } from './workspace.ts'

export interface Workbench {
  dispatch: Dispatch & DispatchUnknown
  events: EventHub
  log: Log
  folder: string
  /** Cancels whatever is on its way and waits until its outcome is written; who waits for it is answered then. */
  stopSending(): Promise<void>
  close(): Promise<void>
}

/** Opens the parts in order; `close` closes them in reverse. Throws `workspace_in_use`. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { folder, host, version } = options
  const now = options.now ?? Date.now
  const lock = lockWorkspace(folder)
  const redaction = new Redaction()
  const log = createLog(folder, (text) => redaction.redact(text))
  const vault = openVault(folder, {
    keychain: options.keychain,
    passphrase: options.passphrase,
    log,
    redaction,
  })
  const catalogue = openCatalogue(log, options.vendorFiles)
  const stores = openStore(folder, { log, now })
  const events = new EventHub((error) => log.error('A listener to events failed', { error }))
  const { outgoing, access } = openNetwork(options, vault, now)
  const userAgent = `SMS-Workbench/${version}`
  const staysOpen = host !== 'cli'
  const onWay = new OnWay()
  const simulator = createSimulator({
    events,
    now,
    clock: options.clock,
    home: simulatorHome(onWay, () => callbacks),
    catalogue,
    port: options.simulatorPort,
    scripted: (id, place) => bundles.answer(id, place),
    ...simulatorMemory(stores, staysOpen),
  })
  const vendors = {
    catalogue,
    simulator: () =>
      simulator.status().address ?? `http://127.0.0.1:${options.simulatorPort || defaultSimulatorPort}`,
  }
  const sender = new Sender({
    stores,
    vault,
    outgoing,
    access,
    events,
    log,
    userAgent,
    now,
    onWait: (until) => watch.hear(until),
    addressFor: (id) => callbacks.addressFor(id),
    // A command may find the simulator of another program at the address that it knows.
    simulatorAt: () => simulator.status().address ?? (staysOpen ? null : undefined),
    onSimulated: (message) => onWay.begin(message),
    callbacksRead: () => callbacks.caughtUp(),
    onResult: ({ story, place, store }) => callbacks.note({ store, ...gatheredOf(story, place) }),
  })
  const watch = new ReceiptWatch({
    stores,
    goOn: (wait) => sender.goOn(wait),
    log,
    now,
    clock: options.clock,
  })
  const callbacks = openCallbacks({
    stores,
    vault,
    catalogue,
    events,
    log,
    now,
    staysOpen,
    send: (input) => sender.send(input),
    port: options.listenerPort,
    engine: options.callbackEngine,
  })

  const bundles = openBundles({
    stores,
    vault,
    catalogue,
    simulator,
    simulatorAddress: vendors.simulator,
    sender,
    callbacks,
    events,
    version,
    now,
  })

  const graceMs = options.closeGraceMs
  const dispatcher = new Dispatcher({ stores, sender, turns: access.turns, events, log, now, graceMs })
  let stopped = false
  const stopSending = async () => {
    stopped = true
    watch.pause()
    await dispatcher.pause()
    await sender.pause()
  }
  const goOnSending = () => {
    sender.resume()
    // A command sends what it was asked to, and leaves what the app was at.
    if (!staysOpen) return
    dispatcher.resume()
    watch.resume()
  }

  const follower = followCatalogue({
    catalogue,
    simulator: () => simulator.status().address,
    stores,
    events,
    log,
    now,
  })
  const statsWorker = new StatsWorker({ stores, events, log })
  const prepareStore = () => {
    if (!stores.isReady) return
    const interrupted = stores.store.writeNow((db) => settleInterrupted(db, now()))
    if (interrupted > 0)
      log.warn('Attempts were interrupted; their outcome is unknown', { attempts: interrupted })
    follower.look()
    callbacks.opened()
    if (staysOpen) statsWorker.opened()
  }
  prepareStore()
  const backups = staysOpen ? keepBackups(stores) : null
  const cleanUp = new CleanUp({ stores, events, log, now })
  if (staysOpen) cleanUp.keepDoing()
  const indexer = staysOpen ? new LogIndexer(stores, events, log) : null
  // Simulated providers work after a restart as they did before.
  const simulatorBack =
    staysOpen && simulatorRan(stores)
      ? simulator.start().catch((error: unknown) => log.warn('The simulator did not start again', { error }))
      : null

  callbacks.startAsBefore()

  // A feature that refers to providers adds what it knows here, and is asked before one is archived or deleted.
  const usesOf = gatherUses([defaultUse, groupUses, bulkUses, usesOnTheirWay((id) => sender.countFor(id))])

  const base = { stores, vault, events, log, now }
  const dispatch = createDispatch(
    {
      ...appHandlers({ ...base, folder, host, version, stopSending, goOnSending, prepareStore }),
      ...preferenceHandlers(stores, events),
      ...catalogueHandlers(catalogue),
      ...providerHandlers({ ...vendors, stores, vault, events, now }),
      ...groupHandlers({ stores, vault, events, now }),
      ...fileHandlers({ ...vendors, stores, vault, events, now }),
      ...operationHandlers({ stores, sender, events, log, usesOf, catalogue, now }),
      ...toolHandlers({ ...vendors, stores, vault, userAgent }),
      ...tokenHandlers({ stores, vault, access, userAgent, now }),
      ...messageHandlers({
        ...vendors,
        stores,
        vault,
        sender,
        events,
        storyElsewhere: bundles.storyOf,
        now,
      }),
      ...bulkHandlers({ stores, dispatcher, now, staysOpen }),
      ...logHandlers(stores, events, now),
      ...exportHandlers(stores),
      ...dataHandlers(stores, cleanUp),
      ...callbacks.handlers,
      ...bundles.handlers,
      ...statsHandlers(stores, statsWorker, now),
      ...simulator.handlers,
      ...tourHandlers({ ...base, sender, simulator, startListener: callbacks.startListener }),
    },
    log,
  )

  // What goes on by itself waits for the simulator, as it may be what it is sent to; nobody else does.
  if (simulatorBack) void simulatorBack.then(() => stopped || goOnSending())
  else goOnSending()

  const close = async () => {
    await callbacks.stopTaking()
    await stopSending()
    await bundles.close()
    await callbacks.close()
    await follower.settled()
    await simulator.close()
    await outgoing.close()
    clearInterval(backups ?? undefined)
    await indexer?.close()
    await statsWorker.close()
    await cleanUp.close()
    await stores.close()
    await log.close()
    lock.release()
  }
  return { dispatch, events, log, folder, stopSending, close }
}
