// What pages of other modules take from the home page: a project's figures in one line, and all projects on one axis of time.
import './home.css'

export { Finish, HealthTag, ProgressBar } from './project-figures.tsx'
export { byNeed, dayGap, type Health, type ProjectLine } from './project-line.ts'
export { Timeline } from './timeline.tsx'
export { axisOf, type TimelineAxis } from './timeline-axis.ts'
