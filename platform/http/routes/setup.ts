// First-run set-up: asked by the web app before anybody can sign in.
import type { FastifyInstance } from 'fastify'
import { openSession } from '../../auth/session.ts'
import { demandSetupRight, setUp, setupState } from '../../auth/setup.ts'
import type { SessionInfo, SetupInput, SetupState } from '../../client/shapes.ts'
import { setSessionCookie } from '../cookie.ts'
import { demandSameOrigin } from '../guard.ts'
import type { Host } from '../host.ts'
import { demandKeys, isObject, objectBody, optionalText, textOf, wrongInput } from '../reply.ts'
import { originOfCaller, signedIn } from './session.ts'

export function setupRoutes(app: FastifyInstance, host: Host): void {
  app.get('/setup', (): Promise<SetupState> => setupState(host))

  app.post('/setup', { config: { rateLimit: host.limits.signIn } }, async (request, reply): Promise<SessionInfo> => {
    demandSameOrigin(request)
    const body = objectBody(request)
    demandKeys(body, ['company', 'administrator', 'lang', 'token'])
    demandSetupRight(host, request.hostname, optionalText(body, 'token', 200))
    const from = originOfCaller(request)
    const user = await setUp(host, inputOf(body), from)
    const { session, secret } = await openSession(host, user, from, true)
    setSessionCookie(request, reply, secret, session.expiresAt)
    reply.code(201)
    return signedIn(host, request, session)
  })
}

function inputOf(body: ReturnType<typeof objectBody>): SetupInput {
  const { company, administrator, lang } = body
  if (!isObject(company)) throw wrongInput('company', 'must be an object')
  if (!isObject(administrator)) throw wrongInput('administrator', 'must be an object')
  demandKeys(company, ['name', 'code', 'tax_id'])
  demandKeys(administrator, ['login', 'name', 'password'])
  if (lang !== undefined && lang !== 'zh' && lang !== 'en') throw wrongInput('lang', 'must be zh or en')
  const code = optionalText(company, 'code', 40)
  const taxId = optionalText(company, 'tax_id', 18)
  return {
    company: {
      name: textOf(company, 'name', 100),
      ...(code === undefined ? {} : { code }),
      ...(taxId === undefined ? {} : { tax_id: taxId }),
    },
    administrator: {
      login: textOf(administrator, 'login', 60),
      name: textOf(administrator, 'name', 60),
      password: textOf(administrator, 'password', 4000),
    },
    ...(lang === undefined ? {} : { lang }),
  }
}
