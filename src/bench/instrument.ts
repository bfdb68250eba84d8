/**
 * The part of a bench that is needed once there is something to look at: decoders, views, and the
 * judge of the challenges. It is loaded only then: a page weighs little before its reader acts.
 */
import './instrument-styles.ts';

export { announcementOf } from './announcement.ts';
export { CodeTab } from './CodeTab.tsx';
export { CompareTab } from './CompareTab.tsx';
export { newDrawPace } from './draw-pace.ts';
export { FileMenu } from './FileMenu.tsx';
export { Judge } from './judge.ts';
export { LedgerTable } from './LedgerTable.tsx';
export { OctetView } from './OctetView.tsx';
export { fetchRecording } from './recording.ts';
export { readReplay } from './replay.ts';
export { ReplayNotice } from './ReplayNotice.tsx';
export { RowList } from './RowList.tsx';
export { RowStore } from './row-store.ts';
export { tellingRow } from './telling-row.ts';
export { Timeline } from './Timeline.tsx';
