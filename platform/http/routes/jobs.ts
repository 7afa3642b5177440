// Jobs a person started: how far, what came out, and stopping them.
import type { Json } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { cancelJob, type JobStatus, jobStatus } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import type { JobState } from '../../client/shapes.ts'
import type { Lang } from '../../messages/render.ts'
import { renderMessage } from '../../messages/render.ts'
import { demandCaller } from '../guard.ts'
import type { Host } from '../host.ts'

interface OneJob {
  Params: { id: string }
}

export function jobRoutes(app: FastifyInstance, host: Host): void {
  app.get<OneJob>('/jobs/:id', async (request): Promise<JobState> => {
    const { ctx } = demandCaller(request)
    return present(host, await jobStatus(ctx, request.params.id), ctx.lang)
  })
  app.delete<OneJob>('/jobs/:id', async (request, reply) => {
    const { ctx } = demandCaller(request)
    const { state } = await cancelJob(ctx, request.params.id)
    if (state === 'done' || state === 'failed') throw refuse('job.over')
    return reply.code(204).send()
  })
}

function present({ registry }: Host, { error, note, result, ...status }: JobStatus, lang: Lang): JobState {
  const failed = error && {
    code: error.code,
    detail: renderMessage(registry, error.code, error.values, lang),
  }
  return {
    ...status,
    ...(note ? { note } : {}),
    ...(isNothing(result) ? {} : { result }),
    ...(failed ? { problem: failed } : {}),
  }
}

const isNothing = (value: Json): boolean => value === null
