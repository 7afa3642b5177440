// Metrics: values by dimension and as of a day, the entries behind them, and what they are.
import type { MetricAnswer, MetricEntries, MetricMeta, MetricQuery } from '@yingzao/kernel/entity'
import { isPlainDate } from '@yingzao/kernel/entity'
import { metricEntries, metricMeta, metrics } from '@yingzao/kernel/server'
import type { FastifyInstance } from 'fastify'
import { demandCaller } from '../guard.ts'
import { demandKeys, isObject, objectBody, optionalText, wrongInput } from '../reply.ts'

const mostValues = 1000

export function metricRoutes(app: FastifyInstance): void {
  app.post('/metrics', (request): Promise<MetricAnswer> => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['names', 'where', 'by', 'until'])
    return metrics(ctx, textsOf(body.names, 'names', 40), {
      ...queryOf(body),
      ...(body.by === undefined ? {} : { by: textsOf(body.by, 'by', 6) }),
    })
  })
  app.get<{ Params: { name: string } }>('/metrics/:name', (request): Promise<MetricMeta> => {
    const { ctx } = demandCaller(request)
    return metricMeta(ctx, request.params.name)
  })
  app.post<{ Params: { name: string } }>('/metrics/:name/entries', (request): Promise<MetricEntries> => {
    const { ctx } = demandCaller(request)
    const body = objectBody(request)
    demandKeys(body, ['where', 'until', 'after'])
    return metricEntries(ctx, request.params.name, queryOf(body), optionalText(body, 'after', 100) ?? null)
  })
}

type Body = ReturnType<typeof objectBody>

function queryOf(body: Body): Pick<MetricQuery, 'where' | 'until'> {
  const { where, until } = body
  if (until !== undefined && !isPlainDate(until)) throw wrongInput('until', 'must be a day such as 2026-09-30')
  if (where !== undefined && !isObject(where)) throw wrongInput('where', 'must be an object of dimensions')
  return {
    ...(where === undefined
      ? {}
      : {
          where: Object.fromEntries(
            Object.entries(where).map(([dim, value]) => [
              dim,
              textsOf(typeof value === 'string' ? [value] : value, `where.${dim}`, mostValues),
            ]),
          ),
        }),
    ...(until === undefined ? {} : { until }),
  }
}

function textsOf(value: unknown, path: string, most: number): string[] {
  if (
    !Array.isArray(value) ||
    value.length > most ||
    !value.every(each => typeof each === 'string' && each.length <= 100)
  )
    throw wrongInput(path, `must be a list of at most ${most} texts`)
  return value
}
