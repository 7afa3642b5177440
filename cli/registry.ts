// The registry of what is installed, read from the files alone: no database, no server.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Registry } from '@yingzao/kernel/registry'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import { diskStore } from '@yingzao/platform/files/disk'
import { findModules } from '@yingzao/platform/loader/find'

/** Throws a RegistryError that names every file at fault. */
export async function readRegistry(): Promise<Registry> {
  const nowhere = mkdtempSync(join(tmpdir(), 'yingzao-registry-'))
  try {
    const modules = fileURLToPath(new URL('../modules', import.meta.url))
    return buildRegistry(await findModules(modules, { files: await diskStore(nowhere) }))
  } finally {
    rmSync(nowhere, { recursive: true, force: true })
  }
}
