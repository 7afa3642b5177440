// Reports on their way: kept on the device (IndexedDB) until the server has them, with their photos, so that a lost
// connection or a closed page loses nothing. Ids are made here: what was sent twice is there once.
import type { Client } from '@yingzao/platform/client'
import { isFailure } from '@yingzao/platform/client'

export interface ReportInput {
  readonly id: string
  readonly task: string
  readonly reported_on: string
  readonly percent?: string
  readonly remaining?: number
  readonly start_on?: string
  readonly finish_on?: string
  readonly done_qty?: string
  readonly total_qty?: string
  readonly qty_unit?: string
  readonly reason?: string
  readonly note?: string
}
export interface Kept {
  readonly id: string
  /** Whose it is: another person at the same device does not send it. */
  readonly user: string
  readonly name: string
  readonly input: ReportInput
  readonly photos: readonly File[]
  /** The server has the report; photos may be left. */
  readonly there: boolean
  /** Why the server refused it. */
  readonly problem?: string
}

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open('yingzao-progress', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('outbox', { keyPath: 'id' })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })

async function act<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction('outbox', mode)
      const asked = work(transaction.objectStore('outbox'))
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

export const keep = (entry: Kept): Promise<IDBValidKey> => act('readwrite', store => store.put(entry))
export const drop = (id: string): Promise<undefined> => act('readwrite', store => store.delete(id))

/** Mine, oldest first: ids are ordered by time. */
export async function keptOf(user: string): Promise<readonly Kept[]> {
  const all: Kept[] = await act('readonly', store => store.getAll())
  return all.filter(each => each.user === user)
}

export type Sent =
  | { readonly at: 'there'; readonly doubts: unknown }
  /** Nothing came back: to be tried again. */
  | { readonly at: 'offline' }
  | { readonly at: 'refused'; readonly problem: string }

/** Sends a kept report and its photos; it is dropped when all of it is there. */
export async function send(client: Client, entry: Kept): Promise<Sent> {
  const door = client.entity('progress_report')
  try {
    let now = entry
    const { id, ...said } = entry.input
    let doubts: unknown = null
    if (!now.there) {
      const made = await client.entity<string>('progress_report').create({ id, ...said })
      doubts = made.doubts
      now = { ...now, there: true }
      await keep(now)
    }
    const uploaded = now.photos.length === 0 ? [] : await door.attachments.list(entry.id)
    for (const photo of now.photos)
      if (!uploaded.some(each => each.name === photo.name && each.size === photo.size))
        await door.attachments.add(entry.id, photo, photo.name)
    await drop(entry.id)
    return { at: 'there', doubts }
  } catch (error) {
    if (!isFailure(error)) throw error
    // A busy or missing server, and a session that has to be renewed, say nothing about the report.
    if (error.status === 0 || error.status >= 500 || error.status === 401 || error.status === 429)
      return { at: 'offline' }
    const problem =
      error.problem.errors?.map(each => each.message).join(' ') || error.problem.detail || error.problem.title
    const [found] = (await keptOf(entry.user)).filter(each => each.id === entry.id)
    await keep({ ...(found ?? entry), problem })
    return { at: 'refused', problem }
  }
}
