// Whose rights the database runs with: PostgreSQL refuses to run as root, so root hands it to "nobody".
import { chownSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Identity = { readonly uid: number; readonly gid: number }

/** The other identity the database must run as, or undefined: as ourselves. */
export function databaseIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined
  const nobody = process.platform === 'darwin' ? 4_294_967_294 : 65_534
  return { uid: nobody, gid: nobody }
}

/** `spawn` takes 32-bit signed ids (macOS: nobody is -2), `chown` unsigned ones. */
export const spawnIdentity = (identity: Identity | undefined) =>
  identity ? { uid: identity.uid | 0, gid: identity.gid | 0 } : {}

export function give(path: string, identity: Identity | undefined): void {
  if (identity) chownSync(path, identity.uid, identity.gid)
}

export function giveTree(path: string, identity: Identity | undefined): void {
  if (!identity) return
  give(path, identity)
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) give(join(entry.parentPath, entry.name), identity)
  }
}

/** Can everybody walk down to this folder? (/root is 0700: nobody cannot start a program below it.) */
export function isReachableByAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    try {
      if ((statSync(at).mode & 0o001) === 0) return false
    } catch {
      // does not exist yet: we make it
    }
    if (dirname(at) === at) return true
  }
}
