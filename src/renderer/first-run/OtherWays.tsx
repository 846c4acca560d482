import { wordsRange } from "#shared/domain/format/speed.ts";
import type { Judged, Recommendation } from "#shared/domain/recommend.ts";
import { words } from "../words/words.ts";
import styles from "./OtherWays.module.css";

function ModelCard({ title, judged: { model, verdict } }: { title: string; judged: Judged }) {
    const said = words.firstRun;
    const sizeBytes = model.variants.find(({ isDefault }) => isDefault)?.totalSizeBytes;
    return (
        <li className={styles.card}>
            <h3>{title}</h3>
            <p>{sizeBytes ? said.otherModel(model.name, sizeBytes) : model.name}</p>
            {verdict.decode ? <p>{said.otherSpeed(wordsRange(verdict.decode))}</p> : null}
        </li>
    );
}

type Props = { recommendation: Recommendation; found: number; onModels: () => void; onLook: () => void };

/** Under the pick: what else there is. The first two tell, the last two do. */
export function OtherWays({ recommendation: { smaller, larger }, found, onModels, onLook }: Props) {
    const said = words.firstRun;
    return (
        <nav className={styles.others} aria-label={said.others}>
            <ul>
                {smaller ? <ModelCard title={said.smaller} judged={smaller} /> : null}
                {larger ? <ModelCard title={said.larger} judged={larger} /> : null}
                <li>
                    <button type="button" className={styles.card} data-pressable="" onClick={onModels}>
                        <strong>{said.haveModels}</strong>
                        <span>{said.haveFound(found)}</span>
                    </button>
                </li>
                <li>
                    <button type="button" className={styles.card} data-pressable="" onClick={onLook}>
                        <strong>{said.lookAround}</strong>
                        <span>{said.lookAroundWhat}</span>
                    </button>
                </li>
            </ul>
        </nav>
    );
}
