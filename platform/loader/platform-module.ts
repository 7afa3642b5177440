// The platform as a module: what it declares is found, granted, shown and exported like everything else.
import { defineModule, type Entity } from '@yingzao/kernel/entity'
import { organisation } from '@yingzao/kernel/organisation/module'
import type { Findings, Found } from '@yingzao/kernel/registry/build'
import type { Registration } from '@yingzao/kernel/serve'
import { signInEvent } from '../auth/sign-in-event.entity.ts'
import { sweepSessions } from '../auth/sweep.jobs.ts'
import { demoModule, endDemo } from '../demo/end.ts'
import { attachment } from '../discussion/attachment.entity.ts'
import { comment } from '../discussion/comment.entity.ts'
import { importJob } from '../exchange/import.jobs.ts'
import { fileHooks, fileKeeper } from '../files/field.hooks.ts'
import type { FileStore } from '../files/store.ts'
import { sweepFiles } from '../files/sweep.jobs.ts'
import { guestAnswer } from '../guest/answer.entity.ts'
import { guestEvent } from '../guest/event.entity.ts'
import { gateHooks } from '../guest/gate.ts'
import { guestInvitation } from '../guest/invitation.entity.ts'
import { endGuests } from '../guest/over.jobs.ts'
import { guestPolicy } from '../guest/policy.ts'
import { withdrawing } from '../guest/withdraw.service.ts'
import { type ChannelParts, channelsOf } from '../inbox/channels.ts'
import { deliverJobs } from '../inbox/deliver.jobs.ts'
import { escalateJob } from '../inbox/escalate.jobs.ts'
import { message } from '../inbox/message.entity.ts'
import { remindJob } from '../inbox/remind.jobs.ts'
import { messageSetting } from '../inbox/setting.entity.ts'
import { inboxTeller, tellHooks } from '../inbox/tell.ts'

const platformOf = (policy: Entity) =>
  defineModule({
    name: 'platform',
    label: { zh: '平台', en: 'Platform' },
    entities: [
      ...[signInEvent, comment, attachment, message, messageSetting],
      ...[guestInvitation, guestAnswer, guestEvent, policy],
    ],
    menu: {
      under: 'system',
      order: 90,
      icon: 'safety',
      items: [
        { entity: 'sign_in_event' },
        { entity: 'guest_invitation' },
        { entity: 'guest_event' },
        { entity: 'guest_policy' },
      ],
    },
  })
const file = 'platform/loader/platform-module.ts'

/** What the platform's jobs work with. */
export interface PlatformParts extends ChannelParts {
  readonly files: FileStore
  /** IANA name: wall-clock times in imported files are meant there. */
  readonly zone?: string
  /** The server runs the demo enterprise: it can be ended. */
  readonly demo?: boolean
}

/** What the platform adds to the modules found: its own entities, and the check of every file field. */
export function platformFindings(
  entities: readonly Entity[],
  parts: PlatformParts,
): Required<Omit<Findings, 'migrations'>> {
  const policy = guestPolicy(entities)
  const platform = platformOf(policy)
  const at = <T>(value: T, path: string): Found<T> & { module: string } => ({
    value,
    file: path,
    module: platform.name,
  })
  const channels = channelsOf(parts)
  return {
    modules: [{ value: platform, file }, ...(parts.demo ? [{ value: demoModule, file: 'platform/demo/end.ts' }] : [])],
    entities: [
      at(signInEvent, 'platform/auth/sign-in-event.entity.ts'),
      at(comment, 'platform/discussion/comment.entity.ts'),
      at(attachment, 'platform/discussion/attachment.entity.ts'),
      at(message, 'platform/inbox/message.entity.ts'),
      at(messageSetting, 'platform/inbox/setting.entity.ts'),
      at(guestInvitation, 'platform/guest/invitation.entity.ts'),
      at(guestAnswer, 'platform/guest/answer.entity.ts'),
      at(guestEvent, 'platform/guest/event.entity.ts'),
      at(policy, 'platform/guest/policy.ts'),
    ],
    registrations: [
      ...fileHooks([...organisation.value.entities, ...entities]).map(hook =>
        at<Registration>(hook, 'platform/files/field.hooks.ts'),
      ),
      ...tellHooks(entities, channels).map(hook => at<Registration>(hook, 'platform/inbox/tell.ts')),
      at<Registration>(fileKeeper, 'platform/files/field.hooks.ts'),
      at<Registration>(inboxTeller(channels), 'platform/inbox/tell.ts'),
      at<Registration>(remindJob(channels), 'platform/inbox/remind.jobs.ts'),
      at<Registration>(escalateJob(channels), 'platform/inbox/escalate.jobs.ts'),
      ...(channels.length > 0 ? deliverJobs(channels) : []).map(each =>
        at<Registration>(each, 'platform/inbox/deliver.jobs.ts'),
      ),
      at<Registration>(sweepFiles(parts.files), 'platform/files/sweep.jobs.ts'),
      at<Registration>(
        importJob({ files: parts.files, zone: parts.zone ?? 'Asia/Shanghai' }),
        'platform/exchange/import.jobs.ts',
      ),
      ...gateHooks(entities).map(hook => at<Registration>(hook, 'platform/guest/gate.ts')),
      at<Registration>(withdrawing, 'platform/guest/withdraw.service.ts'),
      at<Registration>(endGuests, 'platform/guest/over.jobs.ts'),
      at<Registration>(sweepSessions, 'platform/auth/sweep.jobs.ts'),
      ...(parts.demo ? [at<Registration>(endDemo, 'platform/demo/end.ts')] : []),
    ],
  }
}
