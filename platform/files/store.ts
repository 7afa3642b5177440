// The storage interface: contents are immutable and named by their SHA-256. Disk now; S3 needs these five functions.
import type { Readable } from 'node:stream'

/** A content that has arrived whole and is not yet there under its name. */
export interface Received {
  readonly sha256: string
  readonly size: number
  /** The first bytes, for sniffing the type. */
  readonly head: Buffer
  keep(): Promise<void>
  discard(): Promise<void>
}

export interface FileStore {
  /** Streams a content in and stops as soon as it is over the limit: refuses `file.too_large`, `file.empty`. */
  receive(content: AsyncIterable<Uint8Array>, limit: number): Promise<Received>
  read(sha256: string): Promise<Readable>
  /** Something computed from a content (a thumbnail), kept beside it; null when nobody made it yet. */
  readDerived(sha256: string, kind: 'thumbnail'): Promise<Readable | null>
  writeDerived(sha256: string, kind: 'thumbnail', data: Uint8Array): Promise<void>
  /** Content and what was computed from it. */
  remove(sha256: string): Promise<void>
}

/** How many first bytes `head` holds: enough for every signature that file-type knows. */
export const HEAD = 8192
