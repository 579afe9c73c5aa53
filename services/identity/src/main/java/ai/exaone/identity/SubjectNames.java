package ai.exaone.identity;

import ai.exaone.identity.apikey.KeyStore;
import ai.exaone.identity.audit.ActorNames;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ResourceId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import java.util.Optional;

/** The names of people and keys, for the audit log, whose feature is below theirs. */
record SubjectNames(PersonStore people, KeyStore keys) implements ActorNames {
    @Override
    public Optional<String> nameOf(String subject) {
        if (ResourceId.matches(UserId.PREFIX, subject)) {
            return people.find(new UserId(subject)).map(Person::shownName);
        }
        if (ResourceId.matches(KeyId.PREFIX, subject)) {
            return keys.findCandidate(new KeyId(subject))
                    .map(found -> found.key().displayName());
        }
        return Optional.empty();
    }
}
