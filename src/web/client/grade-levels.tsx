import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { FAULT_WORDS } from "../../grade/records/state-words.ts";
import type { GradeItem, JudgeView, RubricRow } from "../api.ts";
import { criterionColour, criterionLetter } from "./answer-text.tsx";
import type { Levels } from "./use-levels.ts";
import { pointsText } from "./words.ts";

/** The rubric: a level for each criterion, and beside it what the judge said, once that may be seen. */
export function GradeLevels({ item, levels }: { readonly item: GradeItem; readonly levels: Levels }): JSX.Element {
  return (
    <>
      <h2>Levels</h2>
      <Marks item={item} />
      {item.criteria.map((row, place) => (
        <CriterionField
          key={row.id}
          row={row}
          place={place}
          judged={item.judge?.criteria.find(({ criterion }) => criterion === row.id)}
          chosen={levels.chosen[row.id]}
          onChoose={(level) => levels.choose(row.id, level)}
        />
      ))}
    </>
  );
}

function Marks({ item: { judge, mine, max, pass } }: { readonly item: GradeItem }): JSX.Element {
  return (
    <dl class="totals small">
      {mine === null ? null : (
        <div>
          <dt>mine</dt>
          <dd>{pointsText(mine.mark)}</dd>
        </div>
      )}
      {judge === null ? null : (
        <div>
          <dt>judge</dt>
          <dd>{judge.mark === null ? "no mark" : pointsText(judge.mark)}</dd>
        </div>
      )}
      <div>
        <dt>at most</dt>
        <dd>{pointsText(max)}</dd>
      </div>
      {pass === null ? null : (
        <div>
          <dt>to pass</dt>
          <dd>{pointsText(pass)}</dd>
        </div>
      )}
    </dl>
  );
}

type Judged = JudgeView["criteria"][number];

interface CriterionProps {
  readonly row: RubricRow;
  readonly place: number;
  readonly judged: Judged | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (level: string) => void;
}

function CriterionField({ row, place, judged, chosen, onChoose }: CriterionProps): JSX.Element {
  const isDifferent = judged !== undefined && chosen !== undefined && judged.level !== chosen;
  return (
    <fieldset class={`criterion ${isDifferent ? "different" : ""}`}>
      <legend>
        <span class={`letter ${criterionColour(place)}`}>{criterionLetter(place)}</span> {visible(row.text)}
      </legend>
      {row.levels.map(({ id, points, descriptor }) => (
        <label class="level" key={id}>
          <input type="radio" name={`level-${row.id}`} checked={chosen === id} onChange={() => onChoose(id)} />
          <span class="level-name">
            {visible(id)} <span class="points">{pointsText(points)}</span>
            {judged?.level === id ? <span class="mark-word">judge</span> : null}
          </span>
          {descriptor === "" ? null : <span class="descriptor">{visible(descriptor)}</span>}
        </label>
      ))}
      {judged === undefined ? null : <JudgeWords judged={judged} />}
    </fieldset>
  );
}

function JudgeWords({ judged }: { readonly judged: Judged }): JSX.Element {
  const faults = judged.evidence.flatMap((each) => (each.status === "invalid" ? [FAULT_WORDS[each.fault]] : []));
  return (
    <>
      {judged.findings === "" ? null : (
        <p class="findings">
          <span class="heard">The judge: </span>
          {visible(judged.findings)}
        </p>
      )}
      {judged.counted === judged.points ? null : (
        <p class="findings">{pointsText(judged.counted)} of these points count.</p>
      )}
      {faults.length === 0 ? null : <p class="fault">Refused as evidence: {faults.join("; ")}</p>}
    </>
  );
}
