package ai.exaone.gateway.openai;

import java.util.List;

/** Shows the public name of a model where its engine says its own. */
public final class ModelNameMapping implements AnswerMapping {
    private final String publicName;

    public ModelNameMapping(String publicName) {
        this.publicName = publicName;
    }

    @Override
    public byte[] whole(byte[] answer) {
        return JsonMembers.of(answer)
                .flatMap(members -> members.value("model"))
                .map(model -> new Splice(answer, List.of(new Splice.Edit(model, Json.string(publicName)))))
                .map(Splice::toBytes)
                .orElse(answer);
    }

    @Override
    public List<byte[]> part(byte[] data) {
        return List.of(whole(data));
    }
}
