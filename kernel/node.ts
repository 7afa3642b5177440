// What one node of an organisation keeps running beside its requests: the direct connection, the sealer, the feed, the jobs.
import type { ClientConfig } from 'pg'
import type { SealKey } from './change/chain.ts'
import { createFeed, type Feed, followRights } from './change/feed.ts'
import { startSealer } from './change/sealer.ts'
import { type Direct, openDirect } from './direct.ts'
import { type Jobs, type JobsOptions, startJobs } from './jobs/runner.ts'

export interface NodeOptions extends Omit<JobsOptions, 'direct' | 'connection' | 'onError'> {
  /** To PostgreSQL itself, past a pooler. */
  readonly connection: ClientConfig
  /** The installation's signing key, from `sealKey`. */
  readonly seal: SealKey
  readonly onError: (error: unknown, where: string) => void
}
export interface Node {
  readonly feed: Feed
  readonly direct: Direct
  readonly jobs: Jobs
  close(): Promise<void>
}

/** After the schema sync. `close` ends it in order, before the pool is closed. */
export async function startNode({ connection, seal, onError, ...options }: NodeOptions): Promise<Node> {
  const { db, registry, tenant } = options
  const direct = openDirect({ connection, onError: error => onError(error, 'direct connection') })
  const sealer = startSealer({ direct, tenant, key: seal, onError: error => onError(error, 'sealer') })
  const feed = createFeed({ db, direct, tenant, wake: sealer.wake, onError: error => onError(error, 'change feed') })
  const unfollow = followRights(feed, registry, tenant)
  const jobs = await startJobs({
    ...{ ...options, direct, connection },
    onError: (error, job) => onError(error, job === undefined ? 'jobs' : `job ${job}`),
  })
  return {
    feed,
    direct,
    jobs,
    async close() {
      await jobs.close()
      unfollow()
      await feed.close()
      await sealer.close()
      await direct.close()
    },
  }
}
